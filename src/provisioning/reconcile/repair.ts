import type { Database } from '../../database';
import { CloudSubscription, SyncState } from '../../entities';
import { Refusal } from '../../errors';
import { record } from '../../events';
import { hasOpenOperation, lockSubscription, transition } from '../../store';
import { createOperation } from '../create-operation';
import type { Job } from '../job';
import { type Difference, rules } from './rules';

/** Outcome of a repair. `moved` when the subscription changed during the check, so that the comparison proves nothing. */
export type RepairOutcome = 'repairing' | 'reported' | 'moved';

/** Records a difference and, with `repair`, starts its repair. Ignores one of a changed or busy subscription. */
export async function repairDifference(
  db: Database,
  { subscription, service, operation }: Job,
  difference: Difference,
  repair: boolean,
): Promise<RepairOutcome> {
  const rule = rules[difference];
  const kind = repair ? rule.repair : null;
  try {
    return await db.transaction(async tx => {
      const now = await lockSubscription(tx, subscription.id);
      const isBusy = await hasOpenOperation(tx, subscription.id);
      if (!now || now.version !== subscription.version || isBusy) return 'moved';
      record(tx, {
        type: 'subscription.differs',
        message: `${now.friendlyName} ${rule.message}.`,
        accountId: now.accountId,
        resellerId: now.resellerId,
        subscriptionId: now.id,
        data: { difference, repaired: kind !== null },
      });
      if (!kind) return 'reported';
      await createOperation(tx, {
        kind,
        subscription: now,
        service,
        orderId: null,
        requestedById: operation.requestedById,
        addons: [],
        reason: 'is set right at the provider.',
      });
      await transition(tx, CloudSubscription, now.id, { syncState: SyncState.PENDING });
      return 'repairing';
    });
  } catch (error) {
    if (error instanceof Refusal) return 'moved';
    throw error;
  }
}
