import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import {
  CancellationRequest,
  CancellationRequestState,
  CloudSubscription,
  CloudSubscriptionState,
  SyncState,
} from '../../entities';
import { transition, wasLicenseRequested } from '../../store';
import type { Job } from '../job';
import { toProviderSubscription } from '../to-provider';
import type { Step } from './step';
import { synchronizedRecipient } from './synchronized-recipient';

/** Cancels the subscription at the provider first, and here after the provider has confirmed. */
export const cancelService: Step = {
  enter: async (tx, job) => ((await mayExist(tx, job)) ? 'call' : 'local'),

  async call(job, { provider, call }) {
    return provider.cancelSubscription(toProviderSubscription(job, synchronizedRecipient(job)), call);
  },

  remedy: 'Settle with the provider why it does not end the subscription',

  async settle(tx, job) {
    const { subscription, operation } = job;
    const now = currentTime();
    // A repair: the subscription was cancelled here before, and was live at the provider only.
    const wasCancelled = subscription.state === CloudSubscriptionState.CANCELLED;
    const synced = { syncState: SyncState.SYNCED };
    if (wasCancelled) return transition(tx, CloudSubscription, subscription.id, synced);
    const references = {
      accountId: subscription.accountId,
      resellerId: subscription.resellerId,
      subscriptionId: subscription.id,
      operationId: operation.id,
      requestId: operation.requestId,
    };
    const { CANCELLED } = CloudSubscriptionState;
    const cancelled = {
      ...synced,
      state: CANCELLED,
      cancelledAt: now,
      currentPeriodEnd: null,
      suspendedAt: null,
      suspensionReason: null,
    };
    const message = `${subscription.friendlyName} has ended.`;
    await transition(tx, CloudSubscription, subscription.id, cancelled, {
      event: { type: 'subscription.cancelled', message, ...references },
    });
    if (operation.requestId === null) return;
    const completed = { state: CancellationRequestState.COMPLETED, completedAt: now };
    await transition(tx, CancellationRequest, operation.requestId, completed, {
      event: {
        type: 'cancellation.completed',
        message: `The cancellation of ${subscription.friendlyName} is carried out.`,
        ...references,
      },
    });
  },
};

/**
 * Whether the provider may have the subscription: it confirmed it, or a call to create it was intended, whose outcome may be
 * unknown. The position of an operation tells that, also after a manual retry has reset the attempts.
 */
async function mayExist(tx: Transaction, { subscription }: Job): Promise<boolean> {
  if (subscription.externalId !== null) return true;
  return wasLicenseRequested(tx, subscription.id);
}
