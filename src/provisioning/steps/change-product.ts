import { ChangeKind, type SubscriptionChange } from '../../entities';
import type { ChangeDirection } from '../../providers';
import type { Job } from '../job';
import { isRepair } from '../repairs';
import { addonTotals, toProviderSubscription } from '../to-provider';
import type { CallContext, Step } from './step';
import { synchronizedRecipient } from './synchronized-recipient';

const changesProduct = ({ change }: Job) =>
  change !== null && change.before.productId !== change.after.productId;

/** Sends the product of a repair, with the add-ons that are held. The one at the provider and the direction are unknown. */
function setProduct(job: Job, { provider, call }: CallContext) {
  return provider.changeProduct(toProviderSubscription(job, synchronizedRecipient(job)), undefined, call);
}

/** Sends the product of the job, with the add-ons that the subscription holds. */
function sendProduct(
  job: Job,
  previousProductId: string,
  direction: ChangeDirection,
  { provider, call }: CallContext,
) {
  const held = new Map(
    [...addonTotals(job)].flatMap(([id, addon]) =>
      addon.held === 0 ? [] : [[id, { ...addon, total: addon.held }]],
    ),
  );
  const subscription = toProviderSubscription(job, synchronizedRecipient(job), undefined, held);
  const previous = job.catalog.product(previousProductId).sku;
  return provider.changeProduct({ ...subscription, previousProductId: previous }, direction, call);
}

const isDowngrade = ({ kinds }: SubscriptionChange) => kinds.includes(ChangeKind.DOWNGRADE);

/** Changes the product at the provider, with the add-ons as they are. The record moves when all of the change is confirmed. */
export const changeProduct: Step = {
  enter: async (_tx, job) => (changesProduct(job) || isRepair(job.operation) ? 'call' : 'skip'),

  async call(job, context) {
    const { change } = job;
    if (!change) return setProduct(job, context);
    const direction = isDowngrade(change) ? 'DOWNGRADE' : 'UPGRADE';
    return sendProduct(job, change.before.productId, direction, context);
  },

  remedy: 'Settle with the provider why it does not change the product',
};

/** Changes the product back at the provider, which may have the one of an abandoned change. */
export const restoreProduct: Step = {
  enter: async (_tx, job) => (changesProduct(job) ? 'call' : 'skip'),

  async call(job, context) {
    const { change } = job;
    if (!change) throw new Error(`${job.operation.id} undoes no change.`);
    const direction = isDowngrade(change) ? 'UPGRADE' : 'DOWNGRADE';
    return sendProduct(job, change.after.productId, direction, context);
  },

  remedy: 'Settle with the provider why it does not restore the product',
};
