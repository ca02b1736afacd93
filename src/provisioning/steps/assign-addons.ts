import { CloudSubscriptionAddon } from '../../entities';
import { addonTotals, toProviderSubscription } from '../job';
import { knownAccount } from './known-account';
import type { Step } from './step';

/** The add-ons of the operation: `create` for those new to the subscription, `update` with the new total for the rest. */
export const assignAddons: Step<void> = {
  enter: async (_tx, job) => (job.operation.addons.length === 0 ? 'skip' : 'call'),

  async call(job, { session, provider, call }) {
    const account = await knownAccount(session, job);
    const totals = addonTotals(job);
    const touched = new Set(job.operation.addons.map(addon => addon.addonId));
    const isNew = (id: string) => touched.has(id) && totals.get(id)?.held === 0;
    const isMore = (id: string) => touched.has(id) && !isNew(id);
    const ids = [...totals.keys()];
    if (ids.some(isNew)) await provider.createAddons(toProviderSubscription(job, account, isNew), call);
    if (ids.some(isMore)) await provider.updateAddons(toProviderSubscription(job, account, isMore), call);
  },

  remedy: 'Settle with the provider why it does not grant the add-ons',

  async settle(tx, job) {
    for (const [addonId, { total, held }] of addonTotals(job)) {
      if (total === held) continue;
      const key = [job.subscription.id, addonId];
      const known = await tx.update(
        CloudSubscriptionAddon,
        { quantity: total },
        't.subscriptionId = ? AND t.addonId = ?',
        key,
      );
      if (known === 0) {
        await tx.insert(CloudSubscriptionAddon, [
          { subscriptionId: job.subscription.id, addonId, quantity: total },
        ]);
      }
    }
  },
};
