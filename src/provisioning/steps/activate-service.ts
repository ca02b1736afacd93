import { currentTime } from '../../clock';
import { CloudSubscription, CloudSubscriptionState, exact, SyncState } from '../../entities';
import type { NewEvent } from '../../events';
import { transition } from '../../store';
import { periodEnd } from '../period';
import { addonTotals } from '../to-provider';
import type { Step } from './step';

/** Writes the capacity and the recurring amount that the provider has confirmed, and activates a pending subscription. */
export const activateService: Step = {
  enter: async () => 'local',

  async settle(tx, job) {
    const { subscription, operation } = job;
    const granted = {
      capacityBytes: [...addonTotals(job)].reduce(
        (sum, [addonId, { total }]) => exact(sum + total * job.catalog.addon(addonId).incrementBytes),
        exact(job.product.capacityBytes * subscription.quantity),
      ),
      recurringMinor: operation.addons.reduce(
        (sum, { quantity, unitMinor }) => exact(sum + quantity * unitMinor),
        subscription.recurringMinor,
      ),
    };
    const isFirst = subscription.state === CloudSubscriptionState.PENDING;
    const synced = { ...granted, syncState: SyncState.SYNCED };
    if (!isFirst) return transition(tx, CloudSubscription, subscription.id, synced);
    const activatedAt = currentTime();
    const currentPeriodEnd = periodEnd(activatedAt, subscription.billingCycle);
    const active = { ...synced, state: CloudSubscriptionState.ACTIVE, activatedAt, currentPeriodEnd };
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
