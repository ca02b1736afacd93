import type { Column } from './types';

/** Width below which a column is hard to read, in pixels. */
const MIN_WIDTH = 130;

/**
 * Number of columns that fit beside each other. Columns that are `narrow` always do: the others give way, and the columns are
 * ordered so that they come first.
 */
export function beside<Row>(columns: readonly Column<Row>[], width: number): number {
  const always = columns.filter(({ narrow }) => narrow).length;
  const fitting = Math.floor(width / MIN_WIDTH);
  return Math.max(1, always, Math.min(columns.length, fitting));
}
