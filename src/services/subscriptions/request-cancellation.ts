import { typeid } from 'typeid-js';
import { z } from 'zod';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import {
  CancellationRequest,
  CancellationRequestState,
  CancellationTiming,
  type CloudSubscription,
  type Decider,
} from '../../entities';
import { refuseIf, simple } from '../../errors';
import { record } from '../../events';
import { authorize, nextDecider } from '../../policies';
import { insertInto, transition } from '../../store';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { idempotencyKey, optionalText, parseInput } from '../input';
import { scheduleCancellation } from './accept-cancellation';
import { openRequestsOf } from './activity';
import { lockForChange, requestReferences } from './change-subscription';
import { requestCancellationError } from './subscription-rules';

/** Input of `requestCancellation`. */
export interface RequestCancellationInput {
  subscriptionId: string;
  timing: CancellationTiming;
  reason?: string | null;
  idempotencyKey: string;
}

const requestInput = z.object({ idempotencyKey, reason: optionalText('The reason') });

/** Requests a cancellation. `policies/deciders.ts` says who decides. Resolves to its id. */
export async function requestCancellation(
  context: ActorContext,
  input: RequestCancellationInput,
): Promise<string> {
  authorize(context.actor, 'requestCancellation');
  const { idempotencyKey: key, reason } = parseInput(requestInput, input);
  const id = typeid('can').toString();
  return once(context, 'requestCancellation', key, input, commit =>
    commit(id, tx => openRequest(context, tx, id, input, reason)),
  );
}

async function openRequest(
  context: ActorContext,
  tx: Transaction,
  id: string,
  input: RequestCancellationInput,
  reason: string | null,
): Promise<void> {
  const { actor, catalog, clock } = context;
  const activity = await lockForChange(context, tx, input.subscriptionId);
  const { subscription } = activity;
  refuseIf(
    [requestCancellationError(openRequestsOf(activity)) ?? periodError(subscription, input.timing)].flatMap(
      e => e ?? [],
    ),
  );
  const current = await catalog.snapshotFor(tx);
  const { cancellationPolicy } = current.service(subscription.serviceId);
  const awaiting = nextDecider(actor, subscription, cancellationPolicy);
  const { timing } = input;
  const request = newRequest(id, subscription, { timing, reason, awaiting, requestedById: actor.userId });
  await insertInto(tx, CancellationRequest, request);
  record(tx, {
    type: 'cancellation.requested',
    message: `The end of ${subscription.friendlyName} is asked for.`,
    userId: actor.userId,
    ...requestReferences(request),
  });
  if (awaiting === null) {
    const scheduled = await scheduleCancellation(tx, {
      request,
      subscription,
      catalog: current,
      byUserId: actor.userId,
      now: clock(),
    });
    const accepted = { ...scheduled, state: CancellationRequestState.ACCEPTED, decidedAt: currentTime() };
    const message = `${subscription.friendlyName} needs no decision to be cancelled.`;
    await transition(tx, CancellationRequest, id, accepted, {
      event: { type: 'cancellation.accepted', message, ...requestReferences(request) },
    });
  }
}

function periodError(subscription: CloudSubscription, timing: CancellationTiming) {
  if (timing === CancellationTiming.IMMEDIATE || subscription.currentPeriodEnd) return null;
  return simple(
    'INVALID_STATE',
    `${subscription.friendlyName} has no billing period yet. Cancel it immediately.`,
    ['timing'],
  );
}

function newRequest(
  id: string,
  subscription: CloudSubscription,
  input: {
    timing: CancellationTiming;
    reason: string | null;
    awaiting: Decider | null;
    requestedById: string;
  },
): CancellationRequest {
  return Object.assign(new CancellationRequest(), {
    id,
    version: 1,
    state: CancellationRequestState.PENDING,
    subscriptionId: subscription.id,
    accountId: subscription.accountId,
    resellerId: subscription.resellerId,
    ...input,
    requestedAt: currentTime(),
  });
}
