import { CloudSubscriptionAddon, OperationKind } from '../../entities';
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

  async call(job, { session, provider, call }) {
    const account = await knownAccount(session, job);
    const brought = new Set(job.operation.addons.map(addon => addon.addonId));
    const changed = (id: string) => brought.size === 0 || brought.has(id);
    return provider.setAddons(toProviderSubscription(job, account, changed), call);
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
