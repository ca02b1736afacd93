import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import { CloudSubscription, SubscriptionChange, SubscriptionChangeState, SyncState } from '../../entities';
import { changeLots, completeLots, recurringOf, retailOf } from '../../ledger';
import { findLots, findOperationsOf, putLots, transition } from '../../store';
import type { Job } from '../job';
import { operationReferences } from '../write-operation';

/** Writes what the provider has confirmed: product, lots, recurring amount and capacity. Completes the change. */
export async function settleChange(
  tx: Transaction,
  { subscription, operation }: Job,
  change: SubscriptionChange,
  capacityBytes: number,
): Promise<void> {
  const now = currentTime();
  const { id } = subscription;
  const lots = completeLots(subscription, await findOperationsOf(tx, id), await findLots(tx, id));
  const changed = changeLots(lots, { ...change, licenses: subscription.quantity }, operation, now);
  const recurringMinor = recurringOf(changed);
  // Nothing else changes lots while the change is open.
  if (recurringMinor !== change.after.recurringMinor) {
    throw new Error(`${change.id} was agreed at ${change.after.recurringMinor} and costs ${recurringMinor}`);
  }
  await putLots(tx, changed);
  const references = { ...operationReferences(operation), changeId: change.id };
  const held = {
    productId: change.after.productId,
    capacityBytes,
    recurringMinor,
    retailMinor: retailOf(changed),
    syncState: SyncState.SYNCED,
  };
  await transition(tx, CloudSubscription, id, held, {
    event: {
      type: 'subscription.changed',
      message: `${subscription.friendlyName} is changed.`,
      ...references,
    },
  });
  const completed = { state: SubscriptionChangeState.COMPLETED, completedAt: now };
  const message = `The change of ${subscription.friendlyName} is carried out.`;
  await transition(tx, SubscriptionChange, change.id, completed, {
    event: { type: 'change.completed', message, ...references },
  });
}
