import type { Transaction } from '../../database';
import { SubscriptionChange, SubscriptionChangeState } from '../../entities';
import { refuseIf } from '../../errors';
import { claimDue, findDueChanges, findOpenWork, lockSubscription, transition } from '../../store';
import type { Dependencies } from '../context';
import { beginChange, holdsWhatItHeld } from './carry-out-change';
import { changeReferences } from './change-subscription';
import { chargeBefore } from './charge-before';
import { executeDue } from './execute-due';
import { beginChangeError } from './subscription-rules';

/**
 * Begins scheduled changes whose period is over. Any process may: a change is claimed once. One of a suspended subscription
 * waits until it is resumed. Resolves to whether more may be due.
 */
export const executeDueChanges = (deps: Dependencies): Promise<boolean> =>
  executeDue(deps, 'change', findDueChanges, (tx, change) => begin(deps, tx, change));

async function begin(
  { catalog }: Pick<Dependencies, 'catalog'>,
  tx: Transaction,
  change: SubscriptionChange,
): Promise<void> {
  const subscription = await lockSubscription(tx, change.subscriptionId);
  if (!subscription || !(await claimDue(tx, SubscriptionChange, change.id))) return;
  await chargeBefore(tx, subscription, change.effectiveAt);
  const open = (await findOpenWork(tx, [subscription.id]))(subscription.id);
  refuseIf([beginChangeError({ subscription, ...open })]);
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
