import { z } from 'zod';
import { CancellationDecision, CancellationRequest, CancellationRequestState } from '../../entities';
import { checkVersion, Refusal } from '../../errors';
import { record } from '../../events';
import { authorize } from '../../policies';
import { transition } from '../../store';
import type { ActorContext } from '../context';
import { firstAnswer, takeKey } from '../idempotency';
import { idempotencyKey, parseInput, remark } from '../input';
import { scheduleCancellation } from './accept-cancellation';
import { aboutRequest, lockSubscription, visibleRequest } from './change-subscription';
import { decideError } from './subscription-rules';

/** What `decideCancellation` is asked with. */
export interface DecideCancellationInput {
  requestId: string;
  decision: CancellationDecision;
  note?: string | null;
  idempotencyKey: string;
  expectedVersion?: number | null;
}

const decideInput = z.object({ idempotencyKey, note: remark('The note') });

/** Accepts or rejects a request; the first decision stands. Resolves to the request's id. */
export async function decideCancellation(
  context: ActorContext,
  input: DecideCancellationInput,
): Promise<string> {
  const { db, actor, catalog, clock } = context;
  authorize(actor, 'decideCancellation');
  const { idempotencyKey: key, note } = parseInput(decideInput, input);
  const { idempotencyKey: _, ...asked } = input;
  const keyed = { userId: actor.userId, mutation: 'decideCancellation', key, input: asked };
  const before = await firstAnswer(db, keyed);
  if (before) return before;
  const seen = await visibleRequest(context, db, input.requestId);
  return db.transaction(async tx => {
    const answered = await takeKey(tx, keyed, seen.id);
    if (answered) return answered;
    const { subscription } = await lockSubscription(context, tx, seen.subscriptionId);
    const request = await visibleRequest(context, tx, seen.id);
    checkVersion(input.expectedVersion, request.version);
    const refused = decideError(request);
    if (refused) throw new Refusal([refused]);
    const accepted = input.decision === CancellationDecision.ACCEPT;
    const scheduled = accepted
      ? await scheduleCancellation(tx, {
          request,
          subscription,
          catalog: await catalog.asSeenBy(tx),
          byUserId: actor.userId,
          now: clock(),
        })
      : {};
    await transition(
      tx,
      CancellationRequest,
      request.id,
      accepted ? CancellationRequestState.ACCEPTED : CancellationRequestState.REJECTED,
      { ...scheduled, decidedById: actor.userId, decidedAt: new Date(), decisionNote: note },
    );
    record(tx, {
      type: accepted ? 'cancellation.accepted' : 'cancellation.rejected',
      message: `The request to end ${subscription.friendlyName} is ${accepted ? 'accepted' : 'rejected'}.`,
      userId: actor.userId,
      ...aboutRequest(request),
    });
    return request.id;
  });
}
