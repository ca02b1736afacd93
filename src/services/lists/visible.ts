import { type EntityClass, list } from '../../database';
import type { Node } from '../../entities';
import { idFrom, visibleRows } from '../../store';
import type { ActorContext } from '../context';

/** A kind of node that has an owner. */
export type NodeClass<T extends Node = Node> = EntityClass<T>;

/** For each id, the row of `entity` where the caller may see it, else null: what is another's is as absent as what never was. */
export async function findVisibleRows<T extends Node>(
  { db, actor }: ActorContext,
  entity: NodeClass<T>,
  ids: readonly string[],
): Promise<(T | null)[]> {
  const { sql, values } = visibleRows(actor, entity);
  const rows = await db.many(entity, `WHERE t.id IN ${list(ids)} AND ${sql}`, [
    ...ids.map(idFrom),
    ...values,
  ]);
  const found = new Map(rows.map(row => [row.id, row]));
  return ids.map(id => found.get(id) ?? null);
}
