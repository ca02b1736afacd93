import { OperationKind } from '../../entities';
import { putHeldAddons } from '../../store';
import type { Job } from '../job';
import { addonTotals, toProviderSubscription } from '../to-provider';
import type { Step } from './step';
import { synchronizedRecipient } from './synchronized-recipient';

/** Sets add-ons to their new totals. An ADD_ADDONS operation without add-ons is a repair: it sets all of them. */
export const assignAddons: Step = {
  enter: async (_tx, job) => (isRepair(job) || changedAddons(job).size > 0 ? 'call' : 'skip'),

  async call(job, { provider, call }) {
    const changed = changedAddons(job);
    const isSet = (id: string) => isRepair(job) || changed.has(id);
    return provider.setAddons(toProviderSubscription(job, synchronizedRecipient(job), isSet), call);
  },

  remedy: 'Settle with the provider why it does not grant the add-ons',

  async settle(tx, job) {
    const totals = [...changedAddons(job)].map(([addonId, quantity]) => ({ addonId, quantity }));
    await putHeldAddons(tx, job.subscription.id, totals);
  },
};

const isRepair = ({ operation: { kind, addons } }: Job) =>
  kind === OperationKind.ADD_ADDONS && addons.length === 0;

/** New totals of the add-ons that the operation changes, by id. */
const changedAddons = (job: Job): Map<string, number> =>
  new Map([...addonTotals(job)].flatMap(([id, { total, held }]) => (total === held ? [] : [[id, total]])));
