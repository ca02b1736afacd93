import type { EntityClass, Session, Value } from '../database';
import { isId } from '../entities';
import { requestError } from '../errors';

/** What a client asks of a list. */
export interface PageRequest {
  first?: number | null;
  after?: string | null;
}

/** A part of a list, with what is needed to go on. */
export interface Page<T> {
  nodes: T[];
  /** Of each node; made when they are asked for, which most clients do not. */
  readonly cursors: string[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Asked for only when the client selects it. */
  count(): Promise<number>;
}

const DEFAULT = 20;
const MOST = 100;

/** How many items a page has: 20 unless asked otherwise, 100 at most. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? DEFAULT;
  if (size < 0 || size > MOST) {
    throw requestError('BAD_USER_INPUT', `\`first\` must be from 0 to ${MOST}; it is ${size}.`);
  }
  return size;
}

/** What a list is sorted by: unique together with the id. */
export interface Order<T> {
  /** Names the list in its cursors, so that one list refuses another's. */
  name: string;
  direction: 'ASC' | 'DESC';
  column: keyof T & string;
}

function encode(order: Order<never>, key: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([order.name, ...key])).toString('base64url');
}

const isText = (part: unknown): part is string => typeof part === 'string';

function decode(order: Order<never>, cursor: string, parts: number): Value[] {
  try {
    const [name, ...key] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (name === order.name && key.length === parts && key.every(isText) && isId(key.at(-1) ?? '')) {
      return key;
    }
  } catch {
    // Not one of ours: told below.
  }
  throw requestError('BAD_CURSOR', '`after` is not a cursor of this list.');
}

/**
 * One page of the rows of `entity` for which `where` holds, by keyset: the page after a cursor costs the same wherever
 * it is. One statement, and one more when the count is asked for.
 */
export async function findPage<T extends { id: string }>(
  session: Session,
  entity: EntityClass<T>,
  where: { sql: string; values: readonly Value[] },
  order: Order<T>,
  request: PageRequest,
): Promise<Page<T>> {
  const size = pageSize(request.first);
  const sort = order as Order<never>;
  const beyond = order.direction === 'ASC' ? '>' : '<';
  const columns = (order.column as string) === 'id' ? ['t.id'] : [`t.${order.column}`, 't.id'];
  const after = request.after ? decode(sort, request.after, columns.length) : [];
  const seek = after.length > 0 ? `AND ${keyset(columns, beyond)}` : '';
  const values = after.length > 0 ? keysetValues(after) : [];
  const rows = await session.many(
    entity,
    `WHERE ${where.sql} ${seek} ORDER BY ${columns.map(column => `${column} ${order.direction}`).join(', ')}
     LIMIT ${size + 1}`,
    [...where.values, ...values],
  );
  const nodes = rows.slice(0, size);
  const key = (row: T) => (columns.length === 1 ? [row.id] : [row[order.column], row.id]);
  return {
    nodes,
    get cursors() {
      return nodes.map(row => encode(sort, key(row)));
    },
    hasNextPage: rows.length > size,
    hasPreviousPage: after.length > 0,
    count: () => session.count(entity, `WHERE ${where.sql}`, where.values),
  };
}

/** `(a, b) > (?, ?)` spelled out, which both MySQL and MariaDB can take to an index. */
function keyset(columns: readonly string[], beyond: string): string {
  const [first, second] = columns;
  if (!second) return `${first} ${beyond} ?`;
  return `(${first} ${beyond} ? OR (${first} = ? AND ${second} ${beyond} ?))`;
}

function keysetValues(after: readonly Value[]): Value[] {
  const [first, second] = after;
  if (first === undefined) return [];
  return second === undefined ? [first] : [first, first, second];
}

/** A page of a list that is in memory and sorted already; cursors are ids. */
export function pageOf<T extends { id: string }>(
  items: readonly T[],
  name: string,
  request: PageRequest,
): Page<T> {
  const size = pageSize(request.first);
  const order: Order<never> = { name, direction: 'ASC', column: 'id' as never };
  const [afterId] = request.after ? decode(order, request.after, 1) : [];
  const index = items.findIndex(item => item.id === afterId);
  if (afterId !== undefined && index < 0) {
    throw requestError('BAD_CURSOR', '`after` names what is no longer in this list. Begin anew.');
  }
  const nodes = items.slice(index + 1, index + 1 + size);
  return {
    nodes,
    get cursors() {
      return nodes.map(item => encode(order, [item.id]));
    },
    hasNextPage: index + 1 + size < items.length,
    hasPreviousPage: index >= 0,
    count: async () => items.length,
  };
}
