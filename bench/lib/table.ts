import { say } from './report';
import { median, type Reached, ratios } from './rounds';

/** Prints a heading and an aligned Markdown table. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width))).join(' | ')} |`;
  say(`\n### ${title}\n`);
  say(line(head));
  say(
    `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`,
  );
  for (const row of rows) say(line(row));
}

/** Formats a number with its significant digits. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return String(Math.round(value));
  return value >= 10 ? value.toFixed(1) : value.toFixed(value < 0.1 ? 4 : 2);
}

/** Formats the median, the minimum and the maximum. */
export function spread(values: readonly number[]): string {
  return `${short(median(values))} (${short(Math.min(...values))}–${short(Math.max(...values))})`;
}

/** Prints the results of each entry, with the ratio to the first one. */
export function printReached(title: string, reached: readonly Reached[]): void {
  const [first] = reached;
  printTable(
    title,
    ['contender', 'requests/s', 'ratio to first', 'p99 ms', 'server CPU µs'],
    reached.map(({ name, rates, p99, cpu }) => [
      name,
      spread(rates),
      first ? spread(ratios(rates, first.rates)) : '',
      short(median(p99)),
      short(median(cpu)),
    ]),
  );
}

/** Goal with its results and its bound. */
export interface Verdict {
  goal: string;
  reached: readonly number[];
  least?: number;
  most?: number;
}

/** Prints the goals with their results. */
export function printVerdicts(verdicts: readonly Verdict[]): void {
  printTable(
    'Goals',
    ['goal', 'reached', ''],
    verdicts.map(({ goal, reached, least, most }) => {
      const middle = median(reached);
      const met = (least === undefined || middle >= least) && (most === undefined || middle <= most);
      return [goal, spread(reached), met ? 'met' : 'NOT MET'];
    }),
  );
}
