const ASCII = /^[\x20-\x7e]*$/;

/** Whether `text` can be compared with a column of ids, which are ASCII: the database refuses to compare anything else. */
export const canBeId = (text: string): boolean => ASCII.test(text);

/** A client's id for a statement: what cannot be one becomes one that nothing has. */
export const idFrom = (text: string): string => (canBeId(text) ? text : '');
