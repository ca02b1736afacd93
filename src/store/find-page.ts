import { columns, type EntityClass, type Session, type Value } from '../database';
import { type CursorScope, encodeKey, type KeyPart, type KeyType } from './cursor';
import { type Page, type PageRequest, pageFrom, pageWindow } from './page';

/** Sort order of a list of rows. Unique together with the id. */
export interface Order<T> {
  /** Names the list in its cursors, so that one list refuses another's. */
  name: string;
  direction: 'ASC' | 'DESC';
  column: keyof T & string;
  /** Type of the column. Omit it for a column that is unique by itself. */
  type?: 'string' | 'number' | 'time';
  /** Whether the column can be NULL, which sorts before every value. */
  nullable?: true;
}

/** Condition of a list, with the table as `t`. */
interface ListCondition {
  sql: string;
  values: readonly Value[];
}

/** Parts of the sort key of an order: its column, and the id unless the column is unique. */
export function keyOf<T>({ column, type }: Order<T>): { column: string; type: KeyType }[] {
  if (column === 'id') return [{ column, type: 'id' }];
  return type
    ? [
        { column, type },
        { column: 'id', type: 'id' },
      ]
    : [{ column, type: 'number' }];
}

/** Sort order that a client has chosen. */
export interface Sort<Field extends string> {
  field: Field;
  direction: Order<unknown>['direction'];
}

/** Sort orders of a list by field, without their direction. */
export type SortOrders<Field extends string, T> = Readonly<Record<Field, Omit<Order<T>, 'direction'>>>;

/** Order of a list that is sorted as the client has chosen, or by `standard`. */
export function sortedBy<Field extends string, T>(
  orders: SortOrders<Field, T>,
  sort: Sort<Field> | null | undefined,
  standard: Sort<Field>,
): Order<T> {
  const { field, direction } = sort ?? standard;
  return { ...orders[field], direction };
}

const opposite = { ASC: 'DESC', DESC: 'ASC' } as const;

/** Names of the columns of `entity` in a statement. */
const namesOf = <T extends object>(entity: EntityClass<T>): Record<string, string> =>
  columns(entity, 't') as Record<string, string>;

/** `ORDER BY` of an order, or of its reverse. */
export function orderBy<T extends object>(entity: EntityClass<T>, order: Order<T>, backward = false): string {
  const t = namesOf(entity);
  const direction = backward ? opposite[order.direction] : order.direction;
  return `ORDER BY ${keyOf(order)
    .map(({ column }) => `${t[column]} ${direction}`)
    .join(', ')}`;
}

/** Finds a page by keyset pagination, whose cost does not depend on the position. The count costs another. */
export async function findPage<T extends object>(
  session: Session,
  entity: EntityClass<T>,
  where: ListCondition,
  order: Order<T>,
  request: PageRequest,
): Promise<Page<T>> {
  const key = keyOf(order);
  const scope: CursorScope = { name: order.name, parts: key.map(({ type }) => type) };
  const window = pageWindow(scope, request);
  const { after, before, backward, size } = window;
  const t = namesOf(entity);
  const names = key.map(({ column }) => t[column] ?? column);
  const bounds = [
    ...(after ? [beyond(names, typed(key, after), order.direction, order.nullable)] : []),
    ...(before ? [beyond(names, typed(key, before), opposite[order.direction], order.nullable)] : []),
  ];
  const rows = await session.many(
    entity,
    `WHERE ${[where.sql, ...bounds.map(({ sql }) => sql)].join(' AND ')}
     ${orderBy(entity, order, backward)} LIMIT ${size + 1}`,
    [...where.values, ...bounds.flatMap(({ values }) => values)],
  );
  const cursorOf = (row: T) =>
    encodeKey(
      order.name,
      key.map(({ column }) => row[column as keyof T]),
    );
  return pageFrom(rows, window, cursorOf, () => session.count(entity, `WHERE ${where.sql}`, where.values));
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
): ListCondition {
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
