import {
  CloudSubscription,
  CloudSubscriptionAddon,
  CloudSubscriptionState,
  exact,
  SyncState,
} from '../../entities';
import { record } from '../../events';
import { moveSync, transition } from '../../store';
import { periodEnd } from '../period';
import type { Step } from './step';

/** Records here what the provider has granted: capacity, what is due for it and, the first time, the active state. */
export const activateService: Step = {
  enter: async () => 'local',

  async settle(tx, job) {
    const { subscription, operation } = job;
    const held = await tx.many(CloudSubscriptionAddon, 'WHERE t.subscriptionId = ?', [subscription.id]);
    const granted = {
      capacityBytes: held.reduce(
        (sum, { addonId, quantity }) =>
          exact(sum + quantity * (job.addons.get(addonId)?.incrementBytes ?? 0)),
        exact(job.product.capacityBytes * subscription.quantity),
      ),
      recurringMinor: operation.addons.reduce(
        (sum, { quantity, unitMinor }) => exact(sum + quantity * unitMinor),
        subscription.recurringMinor,
      ),
    };
    await moveSync(tx, subscription.id, SyncState.SYNCED, granted);
    if (subscription.state !== CloudSubscriptionState.PENDING) return;
    const activatedAt = new Date();
    await transition(tx, CloudSubscription, subscription.id, CloudSubscriptionState.ACTIVE, {
      activatedAt,
      currentPeriodEnd: periodEnd(activatedAt, subscription.billingCycle),
    });
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
