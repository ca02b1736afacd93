/** Values of a filter of the kind `multiselect`. Null if none is chosen. */
export const valuesOf = <Value extends string>(text: string): Value[] | null =>
  text ? (text.split(',') as Value[]) : null;

/** Days of a filter of the kind `dates`. */
export function daysOf(text: string): { from: string; until: string } {
  const [from = '', until = ''] = text.split('..');
  return { from, until };
}

/** Period of a filter of the kind `dates`, in the time zone of the browser. Null if no day is chosen. */
export function rangeOf(text: string): { from: string | null; until: string | null } | null {
  const { from, until } = daysOf(text);
  const range = { from: startOf(from, 0), until: startOf(until, 1) };
  return range.from || range.until ? range : null;
}

/** Start of a day, `later` days after it. The graph excludes the end of a period. */
function startOf(day: string, later: number): string | null {
  const [year, month, date] = day.split('-').map(Number);
  const start = new Date(year ?? Number.NaN, (month ?? Number.NaN) - 1, (date ?? Number.NaN) + later);
  return Number.isNaN(start.getTime()) ? null : start.toISOString();
}
