import type { Database } from '../../database';
import { CloudSubscription, CloudSubscriptionState, SyncState } from '../../entities';
import { Refusal } from '../../errors';
import { record } from '../../events';
import { transition } from '../../store';
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
      const now = await tx.one(CloudSubscription, 'WHERE t.id = ? FOR UPDATE', [subscription.id]);
      const open = await tx.rows('SELECT 1 FROM operations WHERE openSlot = ?', [subscription.id]);
      if (!now || now.version !== subscription.version || open.length > 0) return 'moved';
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

/** Subscriptions that end here are still asked after for so many days: a call of ours may arrive late. */
const LATE_DAYS = 30;

/**
 * The next subscriptions of a provider about which both sides should agree: nothing is under way, and no person is waited
 * for. What has ended is asked after too, for a while.
 */
export function nextToCompare(
  db: Database,
  provider: string,
  after: string,
  size: number,
): Promise<CloudSubscription[]> {
  return db.many(
    CloudSubscription,
    `WHERE t.id > ? AND t.serviceId IN (SELECT id FROM services WHERE provider = ?)
       AND (t.syncState = '${SyncState.SYNCED}' OR t.state = '${CloudSubscriptionState.CANCELLED}')
       AND (t.state <> '${CloudSubscriptionState.CANCELLED}' OR t.cancelledAt > NOW(3) - INTERVAL ${LATE_DAYS} DAY)
       AND NOT EXISTS (SELECT 1 FROM operations o WHERE o.openSlot = t.id)
     ORDER BY t.id LIMIT ${size}`,
    [after, provider],
  );
}
