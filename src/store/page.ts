import { requestError } from '../errors';
import { type CursorScope, decodeKey, encodeKey, type KeyPart } from './cursor';

/** Page arguments of a list. */
export interface PageRequest {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** Page of a list. */
export interface Page<T> {
  nodes: T[];
  /** Cursor of each node, computed on demand because most clients do not select it. */
  readonly cursors: string[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Counts the whole list. Called only if the client selects it. No promise for a list in memory. */
  count(): number | Promise<number>;
}

const DEFAULT_SIZE = 20;
const MAX_SIZE = 100;

/** Part of a list between two keys. */
export interface PageWindow {
  /** Number of items: 20 by default, 100 at most. */
  size: number;
  /** Whether the items are those before the end of the window instead of those after its start. */
  backward: boolean;
  after: KeyPart[] | undefined;
  before: KeyPart[] | undefined;
}

/** Parses page arguments. Throws BAD_USER_INPUT or BAD_CURSOR. */
export function pageWindow(scope: CursorScope, { first, after, last, before }: PageRequest): PageWindow {
  const backward = last !== null && last !== undefined;
  if (backward && first !== null && first !== undefined)
    throw requestError('BAD_USER_INPUT', 'Set either `first` or `last`.');
  const size = (backward ? last : first) ?? DEFAULT_SIZE;
  if (size < 0 || size > MAX_SIZE) {
    const argument = backward ? 'last' : 'first';
    throw requestError('BAD_USER_INPUT', `\`${argument}\` must be from 0 to ${MAX_SIZE}; it is ${size}.`);
  }
  return {
    size,
    backward,
    after: decodeKey(scope, 'after', after),
    before: decodeKey(scope, 'before', before),
  };
}

/** Builds a page from `found`: up to one more item than its size, in the direction of the window. */
export function pageFrom<T>(
  found: readonly T[],
  { size, backward, after, before }: PageWindow,
  cursorOf: (item: T) => string,
  count: () => Promise<number>,
): Page<T> {
  const nodes = found.slice(0, size);
  if (backward) nodes.reverse();
  const more = found.length > size;
  return {
    nodes,
    get cursors() {
      return nodes.map(cursorOf);
    },
    hasNextPage: backward ? before !== undefined : more,
    hasPreviousPage: backward ? more : after !== undefined,
    count,
  };
}

/** Ascending sort order of a list in memory. */
export interface KeyOrder<T> extends CursorScope {
  key: (item: T) => readonly KeyPart[];
}

/** Page of a list in memory that is sorted by `order`. Continues beside a cursor whose item is gone. */
export function pageOf<T>(items: readonly T[], order: KeyOrder<T>, request: PageRequest): Page<T> {
  const { after, before, backward, size } = pageWindow(order, request);
  const start = after ? firstBeyond(items, order, after, 1) : 0;
  const end = before ? Math.max(start, firstBeyond(items, order, before, 0)) : items.length;
  const from = backward ? Math.max(start, end - size) : start;
  const to = backward ? end : Math.min(end, start + size);
  return new PageInMemory(items, order, from, to);
}

/** Page of a list in memory. A class, because creating an object with a getter takes longer than the page. */
class PageInMemory<T> implements Page<T> {
  readonly nodes: T[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;

  constructor(
    private readonly items: readonly T[],
    private readonly order: KeyOrder<T>,
    from: number,
    to: number,
  ) {
    this.nodes = items.slice(from, to);
    this.hasNextPage = to < items.length;
    this.hasPreviousPage = from > 0;
  }

  get cursors(): string[] {
    return this.nodes.map(item => encodeKey(this.order.name, this.order.key(item)));
  }

  count(): number {
    return this.items.length;
  }
}

/** Index of the first item whose key compares to `key` with at least `least`. */
function firstBeyond<T>(
  items: readonly T[],
  order: KeyOrder<T>,
  key: readonly KeyPart[],
  least: 0 | 1,
): number {
  const index = items.findIndex(item => compareKeys(order.key(item), key) >= least);
  return index < 0 ? items.length : index;
}

function compareKeys(one: readonly KeyPart[], other: readonly KeyPart[]): number {
  for (const [index, part] of one.entries()) {
    const against = other[index] ?? null;
    if (part !== against) return (part ?? '') < (against ?? '') ? -1 : 1;
  }
  return 0;
}
