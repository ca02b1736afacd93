import { columns, type EntityClass, ReadTooLong, type Session, type Value } from '../database';
import { requestError } from '../errors';
import { type CursorScope, encodeKey, type KeyPart, type KeyType } from './cursor';
import { type Page, type PageRequest, pageFrom, pageWindow } from './page';
import { type PagePlan, planPage } from './plan-page';
import type { Condition } from './visibility';
import type { Where } from './where';

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

/**
 * Finds a page by keyset pagination, whose cost does not depend on the position. The count costs another statement.
 * Throws TOO_BROAD if no index bounds what is read and it takes too long.
 */
export async function findPage<T extends object>(
  session: Session,
  entity: EntityClass<T>,
  where: Where,
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
  const plan = await planPage(session, entity, where, names[0] ?? '');
  const condition = {
    sql: [where.sql, ...bounds.map(({ sql }) => sql)].join(' AND '),
    values: [...where.values, ...bounds.flatMap(({ values }) => values)],
  };
  const sorted = `${orderBy(entity, order, backward)} LIMIT ${size + 1}`;
  const { sql, values } = planned(entity, plan, condition, sorted);
  const rows = await read(session, plan, limited => limited.manyFrom(entity, `${sql} ${sorted}`, values));
  const cursorOf = (row: T) =>
    encodeKey(
      order.name,
      key.map(({ column }) => row[column as keyof T]),
    );
  const count = () => countRows(session, entity, where, plan);
  return pageFrom(rows, window, cursorOf, count);
}

/** Tables and condition of a planned page, after FROM. `sorted` sorts and limits a branch. */
function planned<T extends object>(
  entity: EntityClass<T>,
  { candidates, branches }: PagePlan,
  { sql, values }: Condition,
  sorted: string,
): Condition {
  const { table, id } = namesOf(entity);
  const among = (ids: string) =>
    `(SELECT DISTINCT id FROM (${ids}) found) c STRAIGHT_JOIN ${table} ON ${id} = c.id`;
  if (candidates) {
    return { sql: `${among(candidates.sql)} WHERE ${sql}`, values: [...candidates.values, ...values] };
  }
  const from = (index: string | undefined) => (index ? `${table} FORCE INDEX (${index})` : `${table}`);
  const [only, ...others] = branches;
  if (others.length === 0) return { sql: `${from(only?.index)} WHERE ${sql}`, values };
  const statements = branches.map(
    ({ index, column }) => `(SELECT ${id} FROM ${from(index)} WHERE ${column} = ? AND ${sql} ${sorted})`,
  );
  return {
    sql: among(statements.join(' UNION ALL ')),
    values: branches.flatMap(({ value = null }) => [value, ...values]),
  };
}

/** Counts the rows of a whole list. */
function countRows<T extends object>(session: Session, entity: EntityClass<T>, where: Where, plan: PagePlan) {
  const { sql, values } = planned(entity, { ...plan, branches: [] }, where, '');
  return read(session, { bounded: plan.candidates !== undefined }, async limited => {
    const [row] = await limited.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`, values);
    return row?.n ?? 0;
  });
}

/** Reads rows, within a deadline of its own if no index bounds what is read. */
async function read<R>(
  session: Session,
  { bounded }: Pick<PagePlan, 'bounded'>,
  work: (session: Session) => Promise<R>,
) {
  if (bounded) return work(session);
  try {
    return await session.withinReadDeadline(work);
  } catch (error) {
    throw error instanceof ReadTooLong ? requestError('TOO_BROAD') : error;
  }
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
