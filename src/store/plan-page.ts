import { columns, type EntityClass, type Session, type Value } from '../database';
import type { IndexedRows, Narrowing, ReferredRows, Where } from './where';

/** Maximum number of candidates by which a list is narrowed. Less than is counted: rows can be added meanwhile. */
const MAX_CANDIDATES = 4000;
/** Rows of an index that are counted to tell which condition has the fewest. */
const MAX_COUNTED = 5000;
/** Maximum number of branches that are merged. */
const MAX_BRANCHES = 10;

/** Statement that returns ids as `id`. */
interface Candidates {
  sql: string;
  values: readonly Value[];
  /** Index that has all of them. The rows are read from it directly, in the order of the list if it has that order. */
  index?: string | undefined;
}

/** Rows that an index has in the order of the list: those with one value in a column, or all. */
interface Branch {
  index?: string | undefined;
  column?: string;
  value?: Value;
}

/** How the rows of a page are found. */
export interface PagePlan {
  /** The rows are among these. Without candidates, the branches are read in order and merged. */
  candidates?: Candidates;
  branches: readonly Branch[];
  /** Whether the number of rows that are read has a bound. */
  bounded: boolean;
}

/** Property of a column with the alias `t`. */
const propertyOf = (column: string) => column.slice('t.`'.length, -1);

type IndexOf = (...columns: string[]) => string | undefined;

/** Plans a page: by the smallest set of candidates if there is a small one, and otherwise in the order of the list. */
export async function planPage(
  session: Session,
  entity: EntityClass<object>,
  where: Where,
  order: string,
): Promise<PagePlan> {
  const indexOf: IndexOf = (...of) => session.indexOf(entity, of.map(propertyOf));
  const usable = where.narrowings.filter(each => each.every(({ column }) => indexOf(column)));
  const all: readonly Branch[] = [{ index: indexOf(order) }];
  const walks = usable.map(each => branchesOf(each, order, indexOf));
  const bounded = where.size === usable.length && usable.length < 2;
  if (usable.length < 2 && (usable.length === 0 || walks[0])) return { branches: walks[0] ?? all, bounded };
  const found = usable.map(each => candidatesOf(each, entity, indexOf));
  const counts = await countCandidates(session, found);
  const fewest = found
    .map((candidates, index) => ({ candidates, count: counts[index] ?? 0, walk: walks[index] }))
    .sort((one, other) => one.count - other.count);
  const [least] = fewest;
  if (least && least.count <= MAX_CANDIDATES)
    return { candidates: least.candidates, branches: [], bounded: true };
  // The last of those that were not counted to the end: visibility comes first, and filters are narrower.
  const walkable = fewest.filter(({ walk }) => walk);
  const known = walkable.find(({ count }) => count < MAX_COUNTED);
  return { branches: (known ?? walkable.at(-1))?.walk ?? all, bounded: false };
}

/** Branches of a narrowing, if an index has each in the order of the list. */
function branchesOf(narrowing: Narrowing, order: string, indexOf: IndexOf): Branch[] | undefined {
  const branches: Branch[] = [];
  for (const rows of narrowing) {
    // One row at most has an id.
    const index = propertyOf(rows.column) === 'id' ? 'PRIMARY' : indexOf(rows.column, order);
    if ('ids' in rows || !rows.equal || !index) return undefined;
    branches.push(...rows.values.map(value => ({ index, column: rows.column, value })));
  }
  return branches.length > 0 && branches.length <= MAX_BRANCHES ? branches : undefined;
}

/** Builds the statement for the candidates of a narrowing. A source gives at most one more than is counted. */
function candidatesOf(narrowing: Narrowing, entity: EntityClass<object>, indexOf: IndexOf): Candidates {
  const t = columns(entity as EntityClass<{ id: string }>, 't');
  const limit = `LIMIT ${MAX_COUNTED + 1}`;
  const sourceOf = (rows: IndexedRows | ReferredRows): string => {
    const listed = `${t.table} FORCE INDEX (${indexOf(rows.column)})`;
    if (!('ids' in rows)) return `SELECT ${t.id} FROM ${listed} WHERE ${rows.sql}`;
    if (rows.column === t.id) return rows.ids;
    // An id that no row refers to counts too: a full count means that there can be more.
    return `SELECT ${t.id} FROM (${rows.ids} ${limit}) r LEFT JOIN ${listed} ON ${rows.column} = r.id`;
  };
  const [only, ...others] = narrowing;
  return {
    ...(only && others.length === 0 && !('ids' in only) && { index: indexOf(only.column) }),
    sql:
      narrowing.map(rows => `(${sourceOf(rows)} ${limit})`).join(' UNION ALL ') ||
      'SELECT NULL AS id LIMIT 0',
    values: narrowing.flatMap(({ values }) => values),
  };
}

async function countCandidates(session: Session, found: readonly Candidates[]): Promise<number[]> {
  const counted = found.map(({ sql }, index) => `(SELECT COUNT(*) FROM (${sql}) c) AS n${index}`);
  const [row] = await session.rows<Record<string, number>>(
    `SELECT ${counted}`,
    found.flatMap(({ values }) => values),
  );
  return found.map((_, index) => Number(row?.[`n${index}`]));
}
