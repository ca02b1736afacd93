import type { EntityClass } from '../../database';
import type { Node } from '../../entities';
import { findAllVisible } from '../../store';
import type { ActorContext } from '../context';

/** Class of a node that has an owner. */
export type NodeClass<T extends Node = Node> = EntityClass<T>;

/** For each id, the row of `entity` where the caller may see it, else null: what is another's is as absent as what never was. */
export function findVisibleRows<T extends Node>(
  { db, actor }: ActorContext,
  entity: NodeClass<T>,
  ids: readonly string[],
): Promise<(T | null)[]> {
  return findAllVisible(db, actor, entity, ids);
}
