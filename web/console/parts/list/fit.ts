import type { Column } from './types';

/** Width below which a column is hard to read, in pixels. */
const MIN_WIDTH = 130;

/** Columns of a table that is `width` pixels wide: those beside each other, and those on a second line of each row. */
export function fitColumns<Row>(columns: readonly Column<Row>[], width: number) {
  // Columns for narrow screens stay beside each other; of the others the last ones give way first.
  const byImportance = [
    ...columns.filter(({ narrow }) => narrow),
    ...columns.filter(({ narrow }) => !narrow),
  ];
  const always = Math.max(1, columns.filter(({ narrow }) => narrow).length);
  const chosen = new Set(byImportance.slice(0, Math.max(always, Math.floor(width / MIN_WIDTH))));
  return {
    beside: columns.filter(column => chosen.has(column)),
    below: columns.filter(column => !chosen.has(column)),
  };
}
