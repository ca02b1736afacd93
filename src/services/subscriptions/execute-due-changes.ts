import type { Transaction } from '../../database';
import { SubscriptionChange, SubscriptionChangeState } from '../../entities';
import { Refusal } from '../../errors';
import { claimDueChange, findDueChanges, findOpenWork, lockSubscription, transition } from '../../store';
import type { Dependencies } from '../context';
import { beginChange, holdsWhatItHeld } from './carry-out-change';
import { changeReferences } from './change-subscription';
import { beginChangeError } from './subscription-rules';

/** Changes carried out in one round at most. */
const BATCH = 50;

/**
 * Begins scheduled changes whose period is over. Any process may: a change is claimed once. One of a suspended subscription
 * waits until it is resumed. Resolves to whether more may be due.
 */
export async function executeDueChanges(deps: Dependencies): Promise<boolean> {
  const { db, clock, log } = deps;
  const due = await findDueChanges(db, clock(), BATCH);
  let begun = 0;
  for (const change of due) {
    try {
      await db.transaction(tx => begin(deps, tx, change));
      begun += 1;
    } catch (error) {
      // The subscription has moved on since: a later round finds the change again.
      if (!(error instanceof Refusal)) throw error;
      log.warn({ change: change.id }, error.message);
    }
  }
  return due.length === BATCH && begun > 0;
}

async function begin(
  { catalog }: Pick<Dependencies, 'catalog'>,
  tx: Transaction,
  change: SubscriptionChange,
): Promise<void> {
  const subscription = await lockSubscription(tx, change.subscriptionId);
  if (!subscription || !(await claimDueChange(tx, change.id))) return;
  const open = (await findOpenWork(tx, [subscription.id]))(subscription.id);
  const blocked = beginChangeError({ subscription, ...open });
  if (blocked) throw new Refusal([blocked]);
  if (await holdsWhatItHeld(tx, subscription, change)) {
    return beginChange(tx, change, subscription, await catalog.snapshotFor(tx), change.requestedById);
  }
  // A process of the version before, which knows no changes, has sold add-ons meanwhile.
  const message = `The change of ${subscription.friendlyName} is dropped: it holds something else than at the request.`;
  const withdrawn = { state: SubscriptionChangeState.WITHDRAWN };
  await transition(tx, SubscriptionChange, change.id, withdrawn, {
    event: { type: 'change.withdrawn', message, ...changeReferences(change) },
  });
}
