import { OperationKind } from '../../entities';
import { putHeldAddons } from '../../store';
import { addonTotals, toProviderSubscription } from '../job';
import { knownAccount } from './known-account';
import type { Step } from './step';

/**
 * The add-ons of the operation, with the totals that the subscription shall have. An operation that is about add-ons and
 * brings none repairs: it sets all that the subscription holds.
 */
export const assignAddons: Step = {
  enter: async (_tx, { operation: { kind, addons } }) =>
    kind === OperationKind.PROVISION && addons.length === 0 ? 'skip' : 'call',

  async call(job, { provider, call }) {
    const brought = new Set(job.operation.addons.map(addon => addon.addonId));
    const changed = (id: string) => brought.size === 0 || brought.has(id);
    return provider.setAddons(toProviderSubscription(job, knownAccount(job), changed), call);
  },

  remedy: 'Settle with the provider why it does not grant the add-ons',

  async settle(tx, job) {
    const changed = [...addonTotals(job)].filter(([, { total, held }]) => total !== held);
    if (changed.length === 0) return;
    const totals = changed.map(([addonId, { total }]) => ({ addonId, quantity: total }));
    await putHeldAddons(tx, job.subscription.id, totals);
  },
};
