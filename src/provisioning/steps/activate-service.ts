import { currentTime } from '../../clock';
import { CloudSubscriptionState, exact, SyncState } from '../../entities';
import { record } from '../../events';
import { moveSync } from '../../store';
import { addonTotals } from '../job';
import { periodEnd } from '../period';
import type { Step } from './step';

/** Records here what the provider has granted: capacity, what is due for it and, the first time, the active state. */
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
    if (!isFirst) return moveSync(tx, subscription.id, SyncState.SYNCED, granted);
    const activatedAt = currentTime();
    const currentPeriodEnd = periodEnd(activatedAt, subscription.billingCycle);
    const patch = { ...granted, activatedAt, currentPeriodEnd };
    await moveSync(tx, subscription.id, SyncState.SYNCED, patch, CloudSubscriptionState.ACTIVE);
    record(tx, {
      type: 'subscription.activated',
      message: `${subscription.friendlyName} is active.`,
      accountId: subscription.accountId,
      resellerId: subscription.resellerId,
      orderId: operation.orderId,
      subscriptionId: subscription.id,
      operationId: operation.id,
    });
  },
};
