import { z } from 'zod';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import { CancellationDecision, CancellationRequest, CancellationRequestState } from '../../entities';
import { checkVersion, refuseIf } from '../../errors';
import { type NewEvent, record } from '../../events';
import { authorize, nextDecider } from '../../policies';
import { forwardToDecider, transition } from '../../store';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { idempotencyKey, optionalText, parseInput } from '../input';
import { scheduleCancellation } from './accept-cancellation';
import { lockForChange, requestReferences, visibleRequest } from './change-subscription';
import { decideError } from './subscription-rules';

/** Input of `decideCancellation`. */
export interface DecideCancellationInput {
  requestId: string;
  decision: CancellationDecision;
  note?: string | null;
  idempotencyKey: string;
  expectedVersion?: number | null;
}

const decideInput = z.object({ idempotencyKey, note: optionalText('The note') });

/** Accepts or rejects a request, or passes an accepted one on to the next decider. Resolves to the request's id. */
export async function decideCancellation(
  context: ActorContext,
  input: DecideCancellationInput,
): Promise<string> {
  authorize(context.actor, 'decideCancellation');
  const { idempotencyKey: key, note } = parseInput(decideInput, input);
  return once(context, 'decideCancellation', key, input, async commit => {
    const seen = await visibleRequest(context, context.db, input.requestId);
    return commit(seen.id, tx => decide(context, tx, seen, input, note));
  });
}

async function decide(
  context: ActorContext,
  tx: Transaction,
  seen: CancellationRequest,
  input: DecideCancellationInput,
  note: string | null,
): Promise<void> {
  const { actor, catalog, clock } = context;
  const { subscription } = await lockForChange(context, tx, seen.subscriptionId);
  const request = await visibleRequest(context, tx, seen.id);
  checkVersion(input.expectedVersion, request.version);
  refuseIf([decideError(request, actor)]);
  const about = { userId: actor.userId, ...requestReferences(request) };
  const current = await catalog.snapshotFor(tx);
  const accepted = input.decision === CancellationDecision.ACCEPT;
  const { cancellationPolicy } = current.service(subscription.serviceId);
  const next = accepted ? nextDecider(actor, subscription, cancellationPolicy) : null;
  if (next) {
    const message = `The reseller accepts the end of ${subscription.friendlyName}. The distributor decides.`;
    record(tx, { type: 'cancellation.forwarded', message, ...about });
    return forwardToDecider(tx, CancellationRequest, request.id, next, note);
  }
  const scheduled = accepted
    ? await scheduleCancellation(tx, {
        request,
        subscription,
        catalog: current,
        byUserId: actor.userId,
        now: clock(),
      })
    : {};
  const { ACCEPTED, REJECTED } = CancellationRequestState;
  const decided = { decidedById: actor.userId, decidedAt: currentTime(), decisionNote: note };
  const move = { ...scheduled, ...decided, state: accepted ? ACCEPTED : REJECTED };
  const event: NewEvent = {
    type: accepted ? 'cancellation.accepted' : 'cancellation.rejected',
    message: `The request to end ${subscription.friendlyName} is ${accepted ? 'accepted' : 'rejected'}.`,
    ...about,
  };
  await transition(tx, CancellationRequest, request.id, move, { event });
}
