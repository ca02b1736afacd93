import { Amount, type Cell, type Row } from './columns';

/** Format of an export: texts that end their line. */
export interface Format {
  /** Line before the rows. Empty if the format has none. */
  header(columns: readonly string[]): string;
  line(row: Row, columns: readonly string[]): string;
}

/** First characters with which a spreadsheet takes a text for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A cell of RFC 4180. Texts that begin like a formula get an apostrophe before them (OWASP, CSV injection). */
function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Amount) return cell.decimal;
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const csv: Format = {
  header: columns => `${columns.join(',')}\r\n`,
  line: (row, columns) => `${columns.map(name => csvCell(row[name] ?? null)).join(',')}\r\n`,
};

/** Amounts are texts, because a number of JSON is not exact everywhere. */
const jsonl: Format = {
  header: () => '',
  line: row =>
    `${JSON.stringify(row, (_, value: unknown) => (value instanceof Amount ? value.decimal : value))}\n`,
};

/** Formats by their names. */
export const FORMATS: Readonly<Record<string, Format>> = { csv, jsonl };
