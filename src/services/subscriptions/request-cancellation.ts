import { typeid } from 'typeid-js';
import { z } from 'zod';
import {
  CancellationPolicy,
  CancellationRequest,
  CancellationRequestState,
  CancellationTiming,
  type CloudSubscription,
} from '../../entities';
import { refuseIf, simple } from '../../errors';
import { record } from '../../events';
import { authorize } from '../../policies';
import { transition } from '../../store';
import type { ActorContext } from '../context';
import { firstAnswer, takeKey } from '../idempotency';
import { idempotencyKey, parseInput, remark } from '../input';
import { scheduleCancellation } from './accept-cancellation';
import { aboutRequest, lockSubscription } from './change-subscription';
import { openMatters, requestCancellationError } from './subscription-rules';

/** What `requestCancellation` is asked with. */
export interface RequestCancellationInput {
  subscriptionId: string;
  timing: CancellationTiming;
  reason?: string | null;
  idempotencyKey: string;
}

const requestInput = z.object({ idempotencyKey, reason: remark('The reason') });

/**
 * Asks for the end of a subscription. The account manager decides, unless the service's policy says that no decision is
 * needed. Resolves to the request's id.
 */
export async function requestCancellation(
  context: ActorContext,
  input: RequestCancellationInput,
): Promise<string> {
  const { db, actor, catalog, clock } = context;
  authorize(actor, 'requestCancellation');
  const { idempotencyKey: key, reason } = parseInput(requestInput, input);
  const { idempotencyKey: _, ...asked } = input;
  const keyed = { userId: actor.userId, mutation: 'requestCancellation', key, input: asked };
  const before = await firstAnswer(db, keyed);
  if (before) return before;
  const id = typeid('can').toString();
  return db.transaction(async tx => {
    const answered = await takeKey(tx, keyed, id);
    if (answered) return answered;
    const matters = await lockSubscription(context, tx, input.subscriptionId);
    const { subscription } = matters;
    refuseIf(
      [requestCancellationError(openMatters(matters)) ?? periodError(subscription, input.timing)].flatMap(
        e => e ?? [],
      ),
    );
    const request = open(id, subscription, input.timing, reason, actor.userId);
    await tx.insert(CancellationRequest, [request]);
    record(tx, {
      type: 'cancellation.requested',
      message: `The end of ${subscription.friendlyName} is asked for.`,
      userId: actor.userId,
      ...aboutRequest(request),
    });
    const current = await catalog.asSeenBy(tx);
    if (current.service(subscription.serviceId).cancellationPolicy === CancellationPolicy.AUTOMATIC) {
      const scheduled = await scheduleCancellation(tx, {
        request,
        subscription,
        catalog: current,
        byUserId: actor.userId,
        now: clock(),
      });
      const patch = { ...scheduled, decidedAt: new Date() };
      await transition(tx, CancellationRequest, id, CancellationRequestState.ACCEPTED, patch);
      record(tx, {
        type: 'cancellation.accepted',
        message: `${subscription.friendlyName} needs no decision to be cancelled.`,
        ...aboutRequest(request),
      });
    }
    return id;
  });
}

function periodError(subscription: CloudSubscription, timing: CancellationTiming) {
  if (timing === CancellationTiming.IMMEDIATE || subscription.currentPeriodEnd) return null;
  return simple(
    'INVALID_STATE',
    `${subscription.friendlyName} has no billing period yet. Cancel it immediately.`,
    ['timing'],
  );
}

function open(
  id: string,
  subscription: CloudSubscription,
  timing: CancellationTiming,
  reason: string | null,
  requestedById: string,
): CancellationRequest {
  return Object.assign(new CancellationRequest(), {
    id,
    version: 1,
    state: CancellationRequestState.PENDING,
    subscriptionId: subscription.id,
    accountId: subscription.accountId,
    resellerId: subscription.resellerId,
    timing,
    reason,
    requestedById,
    requestedAt: new Date(),
  });
}
