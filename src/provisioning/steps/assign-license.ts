import { CloudSubscription } from '../../entities';
import { updateById } from '../../store';
import { toProviderSubscription } from '../to-provider';
import type { Step } from './step';
import { synchronizedRecipient } from './synchronized-recipient';

/** Creates the subscription at the provider, without add-ons. */
export const assignLicense: Step<string> = {
  enter: async () => 'call',

  async call(job, { provider, call }) {
    const subscription = toProviderSubscription(job, synchronizedRecipient(job), undefined, new Map());
    return provider.createSubscription(subscription, call);
  },

  remedy: 'Settle with the provider why it does not grant the license',

  async settle(tx, job, externalId) {
    job.subscription.externalId = externalId;
    await updateById(tx, CloudSubscription, job.subscription.id, { externalId });
  },
};
