import { currentTime } from '../../clock';
import { CloudSubscription, CloudSubscriptionState, exact, SyncState } from '../../entities';
import type { NewEvent } from '../../events';
import { addRetail, licensesAt, newLots, periodEnd, pricedAddons, recurringOf, retailOf } from '../../ledger';
import { putLots, transition } from '../../store';
import { capacityOf } from '../capacity';
import { addonTotals } from '../to-provider';
import { settleChange } from './settle-change';
import type { Step } from './step';

/** Writes the capacity and the recurring amount that the provider has confirmed, and activates a pending subscription. */
export const activateService: Step = {
  enter: async () => 'local',

  async settle(tx, job) {
    const { subscription, operation } = job;
    const totals = [...addonTotals(job)].map(([addonId, { total }]) => ({ addonId, quantity: total }));
    const capacityBytes = exact(capacityOf(job.catalog, job.product, subscription.quantity, totals));
    if (job.change) return settleChange(tx, job, job.change, capacityBytes);
    const now = currentTime();
    const isFirst = subscription.state === CloudSubscriptionState.PENDING;
    const { recurringMinor: before, retailMinor: retail } = subscription;
    const licenses = isFirst ? [licensesAt(subscription, before, retail)] : [];
    const addons = newLots(operation, pricedAddons(operation), now);
    await putLots(tx, [...newLots(operation, licenses, now), ...addons]);
    const recurringMinor = exact(before + recurringOf(addons));
    const retailMinor = addRetail(retail, retailOf(addons));
    const synced = { capacityBytes, recurringMinor, retailMinor, syncState: SyncState.SYNCED };
    if (!isFirst) return transition(tx, CloudSubscription, subscription.id, synced);
    const currentPeriodEnd = periodEnd(now, subscription.billingCycle);
    const active = { ...synced, state: CloudSubscriptionState.ACTIVE, activatedAt: now, currentPeriodEnd };
    const event: NewEvent = {
      type: 'subscription.activated',
      message: `${subscription.friendlyName} is active.`,
      accountId: subscription.accountId,
      resellerId: subscription.resellerId,
      orderId: operation.orderId,
      subscriptionId: subscription.id,
      operationId: operation.id,
    };
    await transition(tx, CloudSubscription, subscription.id, active, { event });
  },
};
