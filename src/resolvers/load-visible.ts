import type { Node } from '../entities';
import type { ActorContext } from '../services/context';
import { type EntityClass, findAllVisible } from '../store';
import { batchPerContext } from './per-context';

/** One loader for each kind of node. */
const loaders = new Map<EntityClass<Node>, (context: ActorContext, id: string) => Promise<Node | null>>();

/** Loads a row by id if the viewer may see it. Batched: many rows cost one statement. */
export function loadVisible<T extends Node>(
  context: ActorContext,
  entity: EntityClass<T>,
  id: string,
): Promise<T | null> {
  const known = loaders.get(entity);
  const load =
    known ??
    batchPerContext(
      (ctx, ids: readonly string[]) => findAllVisible(ctx.db, ctx.actor, entity, ids),
      key => key,
    );
  if (!known) loaders.set(entity, load);
  return load(context, id) as Promise<T | null>;
}
