/** Value of a filter with the options `true` and `false`. Null if none is chosen. */
export const booleanOf = (text: string): boolean | null => (text ? text === 'true' : null);
