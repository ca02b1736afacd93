import { CancellationRequest } from '../../entities';
import { claimDue, findDueRequests, lockSubscription } from '../../store';
import type { Dependencies } from '../context';
import { deprovision } from './accept-cancellation';
import { chargeBefore } from './charge-before';
import { executeDue } from './execute-due';

/** Ends subscriptions whose period is over. Any process may: a request is claimed once. Resolves to whether more may be due. */
export const executeDueCancellations = (deps: Dependencies): Promise<boolean> =>
  executeDue(
    deps,
    'request',
    findDueRequests,
    async (tx, { id, subscriptionId, requestedById, effectiveAt }) => {
      const subscription = await lockSubscription(tx, subscriptionId);
      if (!(await claimDue(tx, CancellationRequest, id)) || !subscription) return;
      await chargeBefore(tx, subscription, effectiveAt);
      await deprovision(tx, { id }, subscription, await deps.catalog.snapshotFor(tx), requestedById);
    },
  );
