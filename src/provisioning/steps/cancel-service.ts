import {
  CancellationRequest,
  CancellationRequestState,
  CloudSubscription,
  CloudSubscriptionState,
  SyncState,
} from '../../entities';
import { record } from '../../events';
import { transition } from '../../store';
import { toProviderSubscription } from '../job';
import { knownAccount } from './known-account';
import type { Step } from './step';

/** Vendor first: the subscription is cancelled here only after the provider has said so. */
export const cancelService: Step<void> = {
  // What the provider never confirmed has no id there; it de-duplicates on ours, so there is nothing to end.
  enter: async (_tx, job) => (job.subscription.externalId === null ? 'local' : 'call'),

  async call(job, { session, provider, call }) {
    await provider.cancelSubscription(toProviderSubscription(job, await knownAccount(session, job)), call);
  },

  async settle(tx, job) {
    const { subscription, operation } = job;
    const now = new Date();
    await transition(tx, CloudSubscription, subscription.id, CloudSubscriptionState.CANCELLED, {
      syncState: SyncState.SYNCED,
      cancelledAt: now,
      currentPeriodEnd: null,
    });
    const about = {
      accountId: subscription.accountId,
      resellerId: subscription.resellerId,
      subscriptionId: subscription.id,
      operationId: operation.id,
      requestId: operation.requestId,
    };
    record(tx, {
      type: 'subscription.cancelled',
      message: `${subscription.friendlyName} has ended.`,
      ...about,
    });
    if (operation.requestId === null) return;
    await transition(tx, CancellationRequest, operation.requestId, CancellationRequestState.COMPLETED, {
      completedAt: now,
    });
    record(tx, {
      type: 'cancellation.completed',
      message: `The cancellation of ${subscription.friendlyName} is carried out.`,
      ...about,
    });
  },
};
