import { putHeldAddons } from '../../store';
import { isRepair } from '../repairs';
import { changedAddons, toProviderSubscription } from '../to-provider';
import type { Step } from './step';
import { synchronizedRecipient } from './synchronized-recipient';

/** Sets add-ons to their new totals. A repair sets all of them, and ends those that are not held. */
export const assignAddons: Step = {
  enter: async (_tx, job) => (isRepair(job.operation) || changedAddons(job).size > 0 ? 'call' : 'skip'),

  async call(job, { provider, call }) {
    const changed = changedAddons(job);
    const isSet = (id: string) => isRepair(job.operation) || changed.has(id);
    return provider.setAddons(toProviderSubscription(job, synchronizedRecipient(job), isSet), call);
  },

  remedy: 'Settle with the provider why it does not grant the add-ons',

  async settle(tx, job) {
    const totals = [...changedAddons(job)].map(([addonId, { total }]) => ({ addonId, quantity: total }));
    await putHeldAddons(tx, job.subscription.id, totals);
  },
};
