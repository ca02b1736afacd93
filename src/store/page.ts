import { columns, type EntityClass, type Session, type Value } from '../database';
import { isId } from '../entities';
import { requestError } from '../errors';

/** Page arguments of a list. */
export interface PageRequest {
  first?: number | null;
  after?: string | null;
}

/** Page of a list. */
export interface Page<T> {
  nodes: T[];
  /** Cursor of each node, computed on demand because most clients do not select it. */
  readonly cursors: string[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Counts the whole list. Called only if the client selects it. */
  count(): Promise<number>;
}

const DEFAULT_SIZE = 20;
const MAX_SIZE = 100;

/** Size of a page: 20 by default, 100 at most. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? DEFAULT_SIZE;
  if (size < 0 || size > MAX_SIZE) {
    throw requestError('BAD_USER_INPUT', `\`first\` must be from 0 to ${MAX_SIZE}; it is ${size}.`);
  }
  return size;
}

/** Sort order of a list of rows. Unique together with the id. */
export interface Order<T> {
  /** Names the list in its cursors, so that one list refuses another's. */
  name: string;
  direction: 'ASC' | 'DESC';
  column: keyof T & string;
}

/** Part of the key in a cursor. */
type KeyPart = string | number;

/** Ascending sort order of a list in memory. */
export interface KeyOrder<T> {
  /** Names the list in its cursors, so that one list refuses another's. */
  name: string;
  /** Types of the parts of a key. The last part is the id, so no two items share a key. */
  parts: readonly ('string' | 'number')[];
  key: (item: T) => readonly KeyPart[];
}

function encode(name: string, key: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([name, ...key])).toString('base64url');
}

/** Decodes a cursor of the list `name`. Undefined without a cursor. Throws BAD_CURSOR for other text. */
function decode(
  { name, parts }: Pick<KeyOrder<never>, 'name' | 'parts'>,
  cursor: string | null | undefined,
): KeyPart[] | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  try {
    const [list, ...key] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, ...KeyPart[]];
    const fits = key.length === parts.length && parts.every((part, index) => typeof key[index] === part);
    if (list === name && fits && isId(String(key.at(-1)))) return key;
  } catch {
    // Not a cursor: rejected below.
  }
  throw requestError('BAD_CURSOR', '`after` is not a cursor of this list.');
}

/** Finds a page by keyset pagination, whose cost does not depend on the position. The count costs another. */
export async function findPage<T extends { id: string }>(
  session: Session,
  entity: EntityClass<T>,
  where: { sql: string; values: readonly Value[] },
  order: Order<T>,
  request: PageRequest,
): Promise<Page<T>> {
  const size = pageSize(request.first);
  const beyond = order.direction === 'ASC' ? '>' : '<';
  const t = columns(entity, 't');
  const keys = (order.column as string) === 'id' ? [t.id] : [t[order.column], t.id];
  const after = decode({ name: order.name, parts: keys.map(() => 'string' as const) }, request.after);
  const seek = after ? `AND ${keyset(keys, beyond)}` : '';
  const values = after ? keysetValues(after) : [];
  const rows = await session.many(
    entity,
    `WHERE ${where.sql} ${seek} ORDER BY ${keys.map(column => `${column} ${order.direction}`).join(', ')}
     LIMIT ${size + 1}`,
    [...where.values, ...values],
  );
  const nodes = rows.slice(0, size);
  const key = (row: T) => (keys.length === 1 ? [row.id] : [row[order.column], row.id]);
  return {
    nodes,
    get cursors() {
      return nodes.map(row => encode(order.name, key(row)));
    },
    hasNextPage: rows.length > size,
    hasPreviousPage: after !== undefined,
    count: () => session.count(entity, `WHERE ${where.sql}`, where.values),
  };
}

/** Expands `(a, b) > (?, ?)`, so that both MySQL and MariaDB use an index. */
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

/** Page of a list in memory that is sorted by `order`. Continues after a cursor whose item is gone. */
export function pageOf<T>(items: readonly T[], order: KeyOrder<T>, request: PageRequest): Page<T> {
  const size = pageSize(request.first);
  const after = decode(order, request.after);
  const next = after ? items.findIndex(item => compareKeys(order.key(item), after) > 0) : 0;
  const start = next < 0 ? items.length : next;
  const nodes = items.slice(start, start + size);
  return {
    nodes,
    get cursors() {
      return nodes.map(item => encode(order.name, order.key(item)));
    },
    hasNextPage: start + size < items.length,
    hasPreviousPage: start > 0,
    count: async () => items.length,
  };
}

function compareKeys(one: readonly KeyPart[], other: readonly KeyPart[]): number {
  for (const [index, part] of one.entries()) {
    const against = other[index] as KeyPart;
    if (part !== against) return part < against ? -1 : 1;
  }
  return 0;
}
