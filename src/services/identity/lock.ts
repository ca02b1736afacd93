import type { Transaction } from '../../database';
import { requestError } from '../../errors';
import { type Action, type Actor, authorize } from '../../policies';
import { lockAccount, lockUser } from '../../store';
import { renewActors } from './renew-actors';

/**
 * Locks the caller and its account, and checks its current rights to `action`. Throws UNAUTHENTICATED if its session
 * or key has ended, or its user was deactivated. Call it first in a transaction, because accounts are locked before
 * other rows.
 */
export async function lockActor(tx: Transaction, actor: Actor, action: Action): Promise<Actor> {
  if (actor.accountId !== null) await lockAccount(tx, actor.accountId);
  await lockUser(tx, actor.userId);
  const [current] = await renewActors(tx, [actor]);
  if (!current) throw requestError('UNAUTHENTICATED');
  authorize(current, action);
  return current;
}
