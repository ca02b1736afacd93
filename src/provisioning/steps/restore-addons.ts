import { CloudSubscription, SyncState } from '../../entities';
import { transition } from '../../store';
import { addonTotals, toProviderSubscription } from '../to-provider';
import type { Step } from './step';
import { synchronizedRecipient } from './synchronized-recipient';

/**
 * Sets the add-ons of an abandoned operation to the quantities that the subscription holds. The provider may hold what the
 * operation wanted, so that quantity is sent as the one before the change, and an add-on that is not held is ended.
 */
export const restoreAddons: Step = {
  enter: async (_tx, job) =>
    [...addonTotals(job).values()].some(({ total, held }) => total !== held) ? 'call' : 'local',

  async call(job, { provider, call }) {
    const totals = addonTotals(job);
    const restored = new Map([...totals].map(([id, { total, held }]) => [id, { total: held, held: total }]));
    const wasChanged = (id: string) => totals.get(id)?.total !== totals.get(id)?.held;
    return provider.setAddons(
      toProviderSubscription(job, synchronizedRecipient(job), wasChanged, restored),
      call,
    );
  },

  remedy: 'Settle with the provider why it does not restore the add-ons',

  settle: (tx, { subscription }) =>
    transition(tx, CloudSubscription, subscription.id, { syncState: SyncState.SYNCED }),
};
