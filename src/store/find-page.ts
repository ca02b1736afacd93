import { type EntityClass, ReadTooLong, type Session } from '../database';
import { requestError } from '../errors';
import { type CursorScope, encodeKey } from './cursor';
import { windowConditions } from './keyset';
import { type Page, type PageRequest, pageFrom, pageWindow } from './page';
import { type PagePlan, planPage } from './plan-page';
import { keyOf, namesOf, type Order, orderBy } from './sort-order';
import type { Condition } from './visibility';
import type { Where } from './where';

/** Plan of the server. */
const UNPLANNED: PagePlan = { branches: [{}], bounded: true };

/** Finds a page by keyset pagination, whose cost does not depend on the position. The count costs another statement. */
export async function findPage<T extends object>(
  session: Session,
  entity: EntityClass<T>,
  where: Where,
  order: Order<T>,
  request: PageRequest,
  plan = UNPLANNED,
): Promise<Page<T>> {
  const key = keyOf(order);
  const scope: CursorScope = { name: order.name, parts: key.map(({ type }) => type) };
  const window = pageWindow(scope, request);
  const t = namesOf(entity);
  const names = key.map(({ column }) => t[column] ?? column);
  const bounds = windowConditions(names, order, window);
  const condition = {
    sql: [where.sql, ...bounds.map(({ sql }) => sql)].join(' AND '),
    values: [...where.values, ...bounds.flatMap(({ values }) => values)],
  };
  const sorted = `${orderBy(entity, order, window.backward)} LIMIT ${window.size + 1}`;
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

/** Finds a page of a list with many filters. Throws TOO_BROAD if no index bounds what is read and it takes too long. */
export async function findPlannedPage<T extends object>(
  session: Session,
  entity: EntityClass<T>,
  where: Where,
  order: Order<T>,
  request: PageRequest,
): Promise<Page<T>> {
  const plan = await planPage(session, entity, where, namesOf(entity)[order.column] ?? '');
  return findPage(session, entity, where, order, request, plan);
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
  const from = (index: string | undefined) => (index ? `${table} FORCE INDEX (${index})` : `${table}`);
  if (candidates?.index) return { sql: `${from(candidates.index)} WHERE ${sql}`, values };
  if (candidates) {
    return { sql: `${among(candidates.sql)} WHERE ${sql}`, values: [...candidates.values, ...values] };
  }
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
  // Candidates are few: a lookup for each is faster than sets.
  const { sql, values } = planned(
    entity,
    { ...plan, branches: [] },
    plan.candidates ? where : where.whole,
    '',
  );
  return read(session, { bounded: plan.candidates !== undefined }, async limited => {
    const [row] = await limited.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`, values);
    return row?.n ?? 0;
  });
}

/** Reads rows, within a deadline of its own if no index bounds what is read. Throws TOO_BROAD after it. */
export async function read<R>(
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
