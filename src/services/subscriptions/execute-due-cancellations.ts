import { Refusal } from '../../errors';
import { claimDueRequest, findDueRequests, lockSubscription } from '../../store';
import type { Dependencies } from '../context';
import { deprovision } from './accept-cancellation';

/** Requests carried out in one round at most. */
const BATCH = 50;

/** Ends subscriptions whose period is over. Any process may: a request is claimed once. Resolves to whether more may be due. */
export async function executeDueCancellations({ db, catalog, clock, log }: Dependencies): Promise<boolean> {
  const due = await findDueRequests(db, clock(), BATCH);
  let carriedOut = 0;
  for (const { id, subscriptionId, requestedById } of due) {
    try {
      await db.transaction(async tx => {
        const subscription = await lockSubscription(tx, subscriptionId);
        if (!(await claimDueRequest(tx, id)) || !subscription) return;
        await deprovision(tx, { id }, subscription, await catalog.snapshotFor(tx), requestedById);
      });
      carriedOut += 1;
    } catch (error) {
      // An operation has been opened on it since: a later round finds it again.
      if (!(error instanceof Refusal)) throw error;
      log.warn({ request: id }, error.message);
    }
  }
  return due.length === BATCH && carriedOut > 0;
}
