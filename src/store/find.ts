import { columns, type EntityClass, placeholders, type Session, type Transaction } from '../database';
import { Account, Role } from '../entities';
import { type Actor, hasRole, managersOf } from '../policies';
import { type Condition, visibilityCondition } from './visibility';

const a = columns(Account);

/** Maximum number of managed accounts to list in a condition. Above it, a subquery per row is faster. */
const MAX_LISTED = 200;

/** Condition of a visible list whose pages cost the same in any table. Managers need another statement. */
export async function listCondition(
  session: Session,
  actor: Actor,
  entity: EntityClass<object>,
): Promise<Condition> {
  if (!hasRole(actor, Role.ACCOUNT_MANAGER)) return visibilityCondition(actor, entity);
  const managers = managersOf(actor);
  const managed = await session.rows<{ id: string }>(
    `SELECT ${a.id} FROM ${a.table} WHERE ${a.accountManagerId} IN ${placeholders(managers)} LIMIT ${MAX_LISTED + 1}`,
    managers,
  );
  return visibilityCondition(
    actor,
    entity,
    managed.length > MAX_LISTED ? undefined : managed.map(({ id }) => id),
  );
}

/** Finds a row by id if `actor` may see it. A row of another tenant is as absent as one that never existed. */
export function findVisible<T extends { id: string }>(
  session: Session,
  actor: Actor,
  entity: EntityClass<T>,
  id: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<T | undefined> {
  const { sql, values } = visibilityCondition(actor, entity);
  return session.one(entity, `WHERE t.id = ? AND ${sql} ${lock}`, [id, ...values]);
}

/** Finds and locks a row by id if `actor` may see it. */
export const lockVisible = <T extends { id: string }>(
  tx: Transaction,
  actor: Actor,
  entity: EntityClass<T>,
  id: string,
) => findVisible(tx, actor, entity, id, 'FOR UPDATE');

/** Finds rows by id that `actor` may see, in the order of the ids. Null for each of the others. */
export async function findAllVisible<T extends { id: string }>(
  session: Session,
  actor: Actor,
  entity: EntityClass<T>,
  ids: readonly string[],
): Promise<(T | null)[]> {
  const { sql, values } = visibilityCondition(actor, entity);
  const rows = await session.many(entity, `WHERE t.id IN ${placeholders(ids)} AND ${sql}`, [
    ...ids,
    ...values,
  ]);
  const found = new Map(rows.map(row => [row.id, row]));
  return ids.map(id => found.get(id) ?? null);
}
