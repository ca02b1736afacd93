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
import { type Job, toProviderSubscription } from '../job';
import { knownAccount } from './known-account';
import type { Step } from './step';

/** Vendor first: the subscription is cancelled here only after the provider has said so. */
export const cancelService: Step = {
  enter: async (tx, job) => ((await mayExist(tx, job)) ? 'call' : 'local'),

  async call(job, { provider, call }) {
    return provider.cancelSubscription(toProviderSubscription(job, knownAccount(job)), call);
  },

  remedy: 'Settle with the provider why it does not end the subscription',

  async settle(tx, job) {
    const { subscription, operation } = job;
    const now = currentTime();
    // What had ended here before was only still alive at the provider.
    const wasOver = subscription.state === CloudSubscriptionState.CANCELLED;
    const synced = { syncState: SyncState.SYNCED };
    if (wasOver) return transition(tx, CloudSubscription, subscription.id, synced);
    const about = {
      accountId: subscription.accountId,
      resellerId: subscription.resellerId,
      subscriptionId: subscription.id,
      operationId: operation.id,
      requestId: operation.requestId,
    };
    const { CANCELLED } = CloudSubscriptionState;
    const over = { ...synced, state: CANCELLED, cancelledAt: now, currentPeriodEnd: null };
    const message = `${subscription.friendlyName} has ended.`;
    await transition(tx, CloudSubscription, subscription.id, over, {
      event: { type: 'subscription.cancelled', message, ...about },
    });
    if (operation.requestId === null) return;
    const done = { state: CancellationRequestState.COMPLETED, completedAt: now };
    await transition(tx, CancellationRequest, operation.requestId, done, {
      event: {
        type: 'cancellation.completed',
        message: `The cancellation of ${subscription.friendlyName} is carried out.`,
        ...about,
      },
    });
  },
};

/**
 * Whether the provider may have the subscription: it said so, or it was asked to create it and the answer is not known
 * to be the last word. An operation stands at a step from the moment its call is intended, so its position tells, also
 * after a retry has set the attempts back. Only what was never asked for has nothing to end.
 */
async function mayExist(tx: Transaction, { subscription }: Job): Promise<boolean> {
  if (subscription.externalId !== null) return true;
  return wasLicenseRequested(tx, subscription.id);
}
