import { OperationKind } from '../../entities';
import { putHeldAddons } from '../../store';
import { addonTotals, toProviderSubscription } from '../to-provider';
import type { Step } from './step';
import { synchronizedRecipient } from './synchronized-recipient';

/** Sets add-ons to their new totals. An ADD_ADDONS operation without add-ons is a repair: it sets all of them. */
export const assignAddons: Step = {
  enter: async (_tx, { operation: { kind, addons } }) =>
    kind === OperationKind.PROVISION && addons.length === 0 ? 'skip' : 'call',

  async call(job, { provider, call }) {
    const added = new Set(job.operation.addons.map(addon => addon.addonId));
    const changed = (id: string) => added.size === 0 || added.has(id);
    return provider.setAddons(toProviderSubscription(job, synchronizedRecipient(job), changed), call);
  },

  remedy: 'Settle with the provider why it does not grant the add-ons',

  async settle(tx, job) {
    const changed = [...addonTotals(job)].filter(([, { total, held }]) => total !== held);
    if (changed.length === 0) return;
    const totals = changed.map(([addonId, { total }]) => ({ addonId, quantity: total }));
    await putHeldAddons(tx, job.subscription.id, totals);
  },
};
