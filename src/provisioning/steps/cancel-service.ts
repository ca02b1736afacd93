import type { Transaction } from '../../database';
import { CloudSubscription, CloudSubscriptionState, SyncState } from '../../entities';
import { transition, wasLicenseRequested } from '../../store';
import { endSubscription } from '../end-subscription';
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
    // A repair: the subscription was cancelled here before, and was live at the provider only.
    const wasCancelled = subscription.state === CloudSubscriptionState.CANCELLED;
    const { SYNCED } = SyncState;
    if (wasCancelled) return transition(tx, CloudSubscription, subscription.id, { syncState: SYNCED });
    await endSubscription(tx, { subscription, operation, now: job.clock() }, SYNCED);
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
