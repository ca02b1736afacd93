import { CloudSubscription, SyncState } from '../../entities';
import { transition } from '../../store';
import { addonTotals, toProviderSubscription } from '../to-provider';
import type { Step } from './step';
import { synchronizedRecipient } from './synchronized-recipient';

/**
 * Sets the add-ons of an abandoned operation to the quantities that the subscription holds. The provider may hold what the
 * operation was to add, so that quantity is sent as the one before the change, and an add-on that is not held is ended.
 */
export const restoreAddons: Step = {
  enter: async () => 'call',

  async call(job, { provider, call }) {
    const restored = new Map(
      [...addonTotals(job)].map(([id, { total, held }]) => [id, { total: held, held: total }]),
    );
    const added = new Set(job.operation.addons.map(({ addonId }) => addonId));
    const recipient = synchronizedRecipient(job);
    return provider.setAddons(
      toProviderSubscription(job, recipient, id => added.has(id), restored),
      call,
    );
  },

  remedy: 'Settle with the provider why it does not restore the add-ons',

  settle: (tx, { subscription }) =>
    transition(tx, CloudSubscription, subscription.id, { syncState: SyncState.SYNCED }),
};
