import type { Node } from '../entities';
import type { ActorContext } from '../services/context';
import { findVisibleRows, type NodeClass } from '../services/lists/visible';
import { batchPerContext } from './per-context';

/** One loader for each kind of node. */
const loaders = new Map<NodeClass, (context: ActorContext, id: string) => Promise<Node | null>>();

/** Loads a row by id if the viewer may see it. Batched: many rows cost one statement. */
export function loadVisible<T extends Node>(
  context: ActorContext,
  entity: NodeClass<T>,
  id: string,
): Promise<T | null> {
  const known = loaders.get(entity);
  const load =
    known ??
    batchPerContext(
      (ctx, ids: readonly string[]) => findVisibleRows(ctx, entity, ids),
      key => key,
    );
  if (!known) loaders.set(entity, load);
  return load(context, id) as Promise<T | null>;
}
