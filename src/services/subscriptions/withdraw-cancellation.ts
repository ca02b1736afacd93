import {
  CancellationRequest,
  CancellationRequestState,
  CloudSubscription,
  CloudSubscriptionState,
} from '../../entities';
import { checkVersion, Refusal } from '../../errors';
import { record } from '../../events';
import { authorize } from '../../policies';
import { transition } from '../../store';
import type { ActorContext } from '../context';
import { aboutRequest, lockSubscription, visibleRequest } from './change-subscription';
import { withdrawError } from './subscription-rules';

/** Takes a request back before it is carried out. Resolves to its id. */
export async function withdrawCancellation(
  context: ActorContext,
  input: { requestId: string; expectedVersion?: number | null },
): Promise<string> {
  const { db, actor } = context;
  authorize(actor, 'withdrawCancellation');
  const seen = await visibleRequest(context, db, input.requestId);
  return db.transaction(async tx => {
    const { subscription } = await lockSubscription(context, tx, seen.subscriptionId);
    const request = await visibleRequest(context, tx, seen.id);
    checkVersion(input.expectedVersion, request.version);
    const refused = withdrawError(request);
    if (refused) throw new Refusal([refused]);
    // A suspended one stays what it is.
    if (subscription.state === CloudSubscriptionState.PENDING_CANCELLATION) {
      await transition(tx, CloudSubscription, subscription.id, CloudSubscriptionState.ACTIVE);
      record(tx, {
        type: 'subscription.resumed',
        message: `${subscription.friendlyName} goes on.`,
        userId: actor.userId,
        ...aboutRequest(request),
      });
    }
    await transition(tx, CancellationRequest, request.id, CancellationRequestState.WITHDRAWN, {
      effectiveAt: null,
    });
    record(tx, {
      type: 'cancellation.withdrawn',
      message: `The request to end ${subscription.friendlyName} is taken back.`,
      userId: actor.userId,
      ...aboutRequest(request),
    });
    return request.id;
  });
}
