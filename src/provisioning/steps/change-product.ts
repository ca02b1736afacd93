import { ChangeKind } from '../../entities';
import { addonTotals, toProviderSubscription } from '../to-provider';
import type { Step } from './step';
import { synchronizedRecipient } from './synchronized-recipient';

/** Changes the product at the provider, with the add-ons as they are. The record moves when all of the change is confirmed. */
export const changeProduct: Step = {
  enter: async (_tx, { change, subscription }) =>
    change && change.after.productId !== subscription.productId ? 'call' : 'skip',

  async call(job, { provider, call }) {
    const direction = job.change?.kinds.includes(ChangeKind.DOWNGRADE) ? 'DOWNGRADE' : 'UPGRADE';
    const held = new Map(
      [...addonTotals(job)].flatMap(([id, addon]) =>
        addon.held === 0 ? [] : [[id, { ...addon, total: addon.held }]],
      ),
    );
    const subscription = toProviderSubscription(job, synchronizedRecipient(job), undefined, held);
    const previousProductId = job.catalog.product(job.subscription.productId).sku;
    return provider.changeProduct({ ...subscription, previousProductId }, direction, call);
  },

  remedy: 'Settle with the provider why it does not change the product',
};
