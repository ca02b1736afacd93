import { changeCatalog, lockCatalog } from '../../../catalog';
import type { Transaction } from '../../../database';
import { type Action, authorize } from '../../../policies';
import type { ActorContext } from '../../context';
import { lockActor } from '../../identity/lock';

/** What was done to the catalog. */
export interface Edited<T> {
  result: T;
  /** A sentence for the audit trail; null where there was nothing to change. */
  message: string | null;
}

/**
 * The one way in which administrators change the catalog. Changes follow one another, each makes a version of its own,
 * and this process knows it before the caller is answered; the others follow the log.
 */
export async function editCatalog<T>(
  { db, actor, catalog }: ActorContext,
  action: Action,
  work: (tx: Transaction) => Promise<Edited<T>>,
): Promise<T> {
  authorize(actor, action);
  const result = await db.transaction(async tx => {
    await lockActor(tx, actor, action);
    await lockCatalog(tx);
    const edited = await work(tx);
    if (edited.message !== null) await changeCatalog(tx, edited.message, actor.userId);
    return edited.result;
  });
  await catalog.asSeenBy(db);
  return result;
}
