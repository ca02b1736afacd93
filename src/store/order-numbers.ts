import { columns } from '../database';
import { Order } from '../entities';
import type { WholeText } from './search/condition';
import type { IndexedRows } from './where';

const t = columns(Order, 't');

/** The start of an order number, or of its serial number. `orderNumber` formats them: at least six digits. */
const NUMBER = /^(?:ord(?:-(\d{4}))?-?)?(\d{0,10})$/i;
const DIGITS = { least: 6, most: 10 };
/** Greatest serial number. A range beyond it would read the whole index. */
const MAX_SERIAL = 2 ** 32 - 1;

/** Orders whose number, or its serial number, starts with a text. Undefined for a text that is neither. */
export function ordersNumbered(text: string): WholeText | undefined {
  const [, year, digits = ''] = NUMBER.exec(text) ?? [];
  if (year === undefined && digits === '') return undefined;
  const placed = year === undefined ? [] : [{ sql: `YEAR(${t.placedAt}) = ?`, value: Number(year) }];
  const serials = digits === '' ? [] : serialsStarting(digits);
  const any = digits === '' ? [] : [`(${serials.map(({ sql }) => sql).join(' OR ') || 'FALSE'})`];
  return {
    sql: `(${[...placed.map(({ sql }) => sql), ...any].join(' AND ')})`,
    values: [...placed.map(({ value }) => value), ...serials.flatMap(({ values }) => values)],
    narrowing: digits === '' ? undefined : serials,
  };
}

/** Serial numbers whose digits start with `digits`, and the serial number that `digits` is without leading zeros. */
function serialsStarting(digits: string): IndexedRows[] {
  const exact = Number(digits);
  // Without leading zeros it can be the whole serial number.
  const ranges = exact <= MAX_SERIAL && !digits.startsWith('0') ? [[exact, exact]] : [];
  for (let length = Math.max(DIGITS.least, digits.length); length <= DIGITS.most; length += 1) {
    // Longer numbers have no leading zeros.
    if (length > DIGITS.least && digits.startsWith('0')) break;
    const scale = 10 ** (length - digits.length);
    const from = exact * scale;
    if (from <= MAX_SERIAL) ranges.push([from, Math.min(from + scale - 1, MAX_SERIAL)]);
  }
  return ranges.map(values => ({
    column: t.serial,
    sql: `${t.serial} BETWEEN ? AND ?`,
    values,
    equal: false,
  }));
}
