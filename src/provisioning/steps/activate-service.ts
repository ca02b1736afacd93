import { currentTime } from '../../clock';
import { CloudSubscription, CloudSubscriptionState, exact, SyncState } from '../../entities';
import type { NewEvent } from '../../events';
import { putLots, transition } from '../../store';
import { licensesAt, newLots, pricedAddons } from '../lots';
import { periodEnd } from '../period';
import { addonTotals } from '../to-provider';
import { settleChange } from './settle-change';
import type { Step } from './step';

/** Writes the capacity and the recurring amount that the provider has confirmed, and activates a pending subscription. */
export const activateService: Step = {
  enter: async () => 'local',

  async settle(tx, job) {
    const { subscription, operation } = job;
    const capacityBytes = [...addonTotals(job)].reduce(
      (sum, [addonId, { total }]) => exact(sum + total * job.catalog.addon(addonId).incrementBytes),
      exact(job.product.capacityBytes * subscription.quantity),
    );
    if (job.change) return settleChange(tx, job, job.change, capacityBytes);
    const now = currentTime();
    const isFirst = subscription.state === CloudSubscriptionState.PENDING;
    const licenses = isFirst ? [licensesAt(subscription, subscription.recurringMinor)] : [];
    await putLots(tx, newLots(operation, [...licenses, ...pricedAddons(operation)], now));
    const granted = {
      capacityBytes,
      recurringMinor: operation.addons.reduce(
        (sum, { quantity, unitMinor }) => exact(sum + quantity * unitMinor),
        subscription.recurringMinor,
      ),
    };
    const synced = { ...granted, syncState: SyncState.SYNCED };
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
