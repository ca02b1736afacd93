import type { Database } from '../../database';
import { CloudSubscription, SyncState } from '../../entities';
import { Refusal } from '../../errors';
import { record } from '../../events';
import { hasOpenOperation, lockSubscription, transition } from '../../store';
import { beginOperation } from '../begin';
import type { Job } from '../job';
import { type Difference, rules } from './rules';

/** What became of a difference: `moved` where something happened meanwhile, so that nothing is known any more. */
export type Outcome = 'repairing' | 'reported' | 'moved';

/**
 * Tells of a difference and, where its rule says so and `repair` is set, begins the operation that ends it. Only while the
 * subscription is as it was when the provider was asked, and nothing is under way: then the two may differ rightly.
 */
export async function settleDifference(
  db: Database,
  { subscription, service, operation }: Job,
  difference: Difference,
  repair: boolean,
): Promise<Outcome> {
  const rule = rules[difference];
  const kind = repair ? rule.repair : null;
  try {
    return await db.transaction(async tx => {
      const now = await lockSubscription(tx, subscription.id);
      const isBusy = await hasOpenOperation(tx, subscription.id);
      if (!now || now.version !== subscription.version || isBusy) return 'moved';
      record(tx, {
        type: 'subscription.differs',
        message: `${now.friendlyName} ${rule.says}.`,
        accountId: now.accountId,
        resellerId: now.resellerId,
        subscriptionId: now.id,
        data: { difference, repaired: kind !== null },
      });
      if (!kind) return 'reported';
      await beginOperation(tx, {
        kind,
        subscription: now,
        service,
        orderId: null,
        requestedById: operation.requestedById,
        addons: [],
        because: 'is set right at the provider.',
      });
      await transition(tx, CloudSubscription, now.id, { syncState: SyncState.PENDING });
      return 'repairing';
    });
  } catch (error) {
    if (error instanceof Refusal) return 'moved';
    throw error;
  }
}
