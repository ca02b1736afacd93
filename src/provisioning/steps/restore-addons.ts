import { CloudSubscription, SyncState } from '../../entities';
import { transition } from '../../store';
import { addonTotals, changedAddons, toProviderSubscription } from '../to-provider';
import type { Step } from './step';
import { synchronizedRecipient } from './synchronized-recipient';

/**
 * Sets the add-ons of an abandoned operation to the quantities that the subscription holds. The provider may hold what the
 * operation wanted, so that quantity is sent as the one before the change, and an add-on that is not held is ended.
 */
export const restoreAddons: Step = {
  enter: async (_tx, job) => (changedAddons(job).size > 0 ? 'call' : 'local'),

  async call(job, { provider, call }) {
    const changed = changedAddons(job);
    const wasChanged = (id: string) => changed.has(id);
    const restored = new Map(
      [...addonTotals(job)].map(([id, { total, held }]) => [id, { total: held, held: total }]),
    );
    return provider.setAddons(
      toProviderSubscription(job, synchronizedRecipient(job), wasChanged, restored),
      call,
    );
  },

  remedy: 'Settle with the provider why it does not restore the add-ons',

  settle: (tx, { subscription }) =>
    transition(tx, CloudSubscription, subscription.id, { syncState: SyncState.SYNCED }),
};
