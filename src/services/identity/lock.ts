import type { Transaction } from '../../database';
import { requestError } from '../../errors';
import { type Action, type Actor, authorize } from '../../policies';
import { lockAccount, lockUser } from '../../store';
import { renewActors } from './renew-actors';

/**
 * Reads the caller again, locked with its account, and asks again whether it may do `action`: rights are those of the
 * transaction that uses them. Throws UNAUTHENTICATED where its session or key has ended or its user was deactivated
 * since the request was authenticated. Called first in a transaction, because accounts are locked before other rows.
 */
export async function lockActor(tx: Transaction, actor: Actor, action: Action): Promise<Actor> {
  if (actor.accountId !== null) await lockAccount(tx, actor.accountId);
  await lockUser(tx, actor.userId);
  const [current] = await renewActors(tx, [actor]);
  if (!current) throw requestError('UNAUTHENTICATED');
  authorize(current, action);
  return current;
}
