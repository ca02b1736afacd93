import type { Value } from '../database';
import type { KeyPart, KeyType } from './cursor';
import type { PageWindow } from './page';
import { keyOf, type Order, opposite } from './sort-order';
import type { Condition } from './visibility';

/** Conditions of the keys in a window of a list, with the names of the columns of its key. */
export function windowConditions<T>(
  names: readonly string[],
  order: Order<T>,
  { after, before }: PageWindow,
): Condition[] {
  const key = keyOf(order);
  return [
    ...(after ? [beyond(names, typed(key, after), order.direction, order.nullable)] : []),
    ...(before ? [beyond(names, typed(key, before), opposite[order.direction], order.nullable)] : []),
  ];
}

const typed = (key: readonly { type: KeyType }[], parts: readonly KeyPart[]): Value[] =>
  parts.map((part, index) => (key[index]?.type === 'time' && part !== null ? new Date(part) : part));

/**
 * Condition for keys that follow `values` in a direction. `(a, b) > (?, ?)` is expanded, so that both MySQL and MariaDB
 * use an index.
 */
function beyond(
  [first = '', second]: readonly string[],
  [one = null, other = null]: readonly Value[],
  direction: 'ASC' | 'DESC',
  nullable = false,
): Condition {
  const compare = direction === 'ASC' ? '>' : '<';
  if (!second) return { sql: `${first} ${compare} ?`, values: [one] };
  const tied = `${second} ${compare} ?`;
  if (one === null) {
    const values = direction === 'ASC' ? ` OR ${first} IS NOT NULL` : '';
    return { sql: `((${first} IS NULL AND ${tied})${values})`, values: [other] };
  }
  const nulls = nullable && direction === 'DESC' ? ` OR ${first} IS NULL` : '';
  return { sql: `(${first} ${compare} ? OR (${first} = ? AND ${tied})${nulls})`, values: [one, one, other] };
}
