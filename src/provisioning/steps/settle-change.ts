import type { Transaction } from '../../database';
import {
  ChangeTiming,
  CloudSubscription,
  SubscriptionChange,
  SubscriptionChangeState,
  SyncState,
} from '../../entities';
import { changeLots, openLedger, readLots, recurringOf, retailOf, writeCharges } from '../../ledger';
import { putLots, transition } from '../../store';
import type { Job } from '../job';
import { operationReferences } from '../write-operation';

/** Writes what the provider has confirmed: product, lots, charges, recurring amount and capacity. Completes the change. */
export async function settleChange(
  tx: Transaction,
  { subscription, operation, clock }: Job,
  change: SubscriptionChange,
  capacityBytes: number,
): Promise<void> {
  const now = clock();
  const { id, quantity } = subscription;
  const lots = await readLots(tx, subscription);
  const ledger = await openLedger(tx, subscription, lots, now);
  const time = ledger.effectiveTime(change.timing === ChangeTiming.END_OF_PERIOD, now);
  const changed = changeLots(lots, { ...change, licenses: quantity }, operation, time);
  const recurringMinor = recurringOf(changed);
  // Nothing else changes lots while the change is open.
  if (recurringMinor !== change.after.recurringMinor) {
    throw new Error(`${change.id} was agreed at ${change.after.recurringMinor} and costs ${recurringMinor}`);
  }
  ledger.renew(time);
  ledger.replaceLots(changed, time, operation);
  ledger.renew(now, { inclusive: true });
  putLots(tx, changed);
  writeCharges(tx, [{ subscription, written: ledger.written }]);
  const references = { ...operationReferences(operation), changeId: change.id };
  const held = {
    productId: change.after.productId,
    capacityBytes,
    recurringMinor,
    retailMinor: retailOf(changed),
    chargedUntil: ledger.chargedUntil,
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
