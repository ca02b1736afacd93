import {
  CancellationRequest,
  CancellationRequestState,
  CloudSubscription,
  CloudSubscriptionState,
} from '../../entities';
import { checkVersion, refuseIf } from '../../errors';
import { authorize } from '../../policies';
import { transition } from '../../store';
import type { ActorContext } from '../context';
import { lockForChange, requestReferences, visibleRequest } from './change-subscription';
import { withdrawError } from './subscription-rules';

/** Withdraws a request before it takes effect. Resolves to its id. */
export async function withdrawCancellation(
  context: ActorContext,
  input: { requestId: string; expectedVersion?: number | null },
): Promise<string> {
  const { db, actor } = context;
  authorize(actor, 'withdrawCancellation');
  const seen = await visibleRequest(context, db, input.requestId);
  const requester = await context.load.user.load(seen.requestedById);
  return db.transaction(async tx => {
    const { subscription } = await lockForChange(context, tx, seen.subscriptionId);
    const request = await visibleRequest(context, tx, seen.id);
    checkVersion(input.expectedVersion, request.version);
    refuseIf([withdrawError({ open: request, requester }, actor)]);
    const about = { userId: actor.userId, ...requestReferences(request) };
    // A suspended subscription stays suspended.
    if (subscription.state === CloudSubscriptionState.PENDING_CANCELLATION) {
      const message = `${subscription.friendlyName} is kept.`;
      const active = { state: CloudSubscriptionState.ACTIVE };
      await transition(tx, CloudSubscription, subscription.id, active, {
        event: { type: 'subscription.kept', message, ...about },
      });
    }
    const message = `The request to end ${subscription.friendlyName} is taken back.`;
    const withdrawn = { state: CancellationRequestState.WITHDRAWN, effectiveAt: null };
    await transition(tx, CancellationRequest, request.id, withdrawn, {
      event: { type: 'cancellation.withdrawn', message, ...about },
    });
    return request.id;
  });
}
