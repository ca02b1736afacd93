import { typeid } from 'typeid-js';
import { z } from 'zod';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import { type CloudSubscription, SubscriptionChange, SubscriptionChangeState } from '../../entities';
import { checkVersion, refuseIf } from '../../errors';
import { record } from '../../events';
import { authorize, nextDecider, strictestPolicy } from '../../policies';
import { insertInto, transition } from '../../store';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { idempotencyKey, optionalText, parseInput } from '../input';
import { openRequestsOf } from './activity';
import { beginChange, scheduledFor } from './carry-out-change';
import { inactiveOwnerErrors, readChangeFacts } from './change-facts';
import { parseWanted } from './change-input';
import { changeReferences, lockForChange } from './change-subscription';
import { type PlannedChange, planChange } from './plan-change';
import { requestChangeError } from './subscription-rules';
import type { WantedChange } from './wanted-change';

/** Input of `requestSubscriptionChange`. */
export interface RequestChangeInput extends WantedChange {
  subscriptionId: string;
  reason?: string | null;
  expectedVersion?: number | null;
  idempotencyKey: string;
}

const requestInput = z.object({ idempotencyKey, reason: optionalText('The reason') });

/** Requests a change, and begins it if it needs no decision. Resolves to its id. */
export async function requestChange(context: ActorContext, input: RequestChangeInput): Promise<string> {
  authorize(context.actor, 'requestSubscriptionChange');
  const { idempotencyKey: key, reason } = parseInput(requestInput, input);
  const wanted = parseWanted(input);
  const id = typeid('chg').toString();
  return once(context, 'requestSubscriptionChange', key, input, commit =>
    commit(id, tx => openChange(context, tx, id, wanted, reason)),
  );
}

async function openChange(
  context: ActorContext,
  tx: Transaction,
  id: string,
  input: RequestChangeInput,
  reason: string | null,
): Promise<void> {
  const { actor } = context;
  const activity = await lockForChange(context, tx, input.subscriptionId);
  const { subscription } = activity;
  checkVersion(input.expectedVersion, subscription.version);
  refuseIf([requestChangeError(openRequestsOf(activity))]);
  const facts = await readChangeFacts(context, tx, activity);
  const plan = planChange(facts, input);
  refuseIf(inactiveOwnerErrors(facts, plan.kinds));
  const policy = strictestPolicy(facts.catalog.service(subscription.serviceId), plan.kinds);
  const awaiting = nextDecider(actor, subscription, policy);
  const change = newChange(id, subscription, plan, input, { reason, awaiting, requestedById: actor.userId });
  await insertInto(tx, SubscriptionChange, change);
  record(tx, {
    type: 'change.requested',
    message: `A change of ${subscription.friendlyName} is requested: ${plan.kinds.join(', ')}.`,
    userId: actor.userId,
    ...changeReferences(change),
  });
  if (awaiting !== null) return;
  const effectiveAt = scheduledFor(change, subscription, facts.now);
  if (effectiveAt === null) await beginChange(tx, change, subscription, facts.catalog, actor.userId);
  const accepted = { state: SubscriptionChangeState.ACCEPTED, effectiveAt, decidedAt: currentTime() };
  const message = `The change of ${subscription.friendlyName} needs no decision.`;
  await transition(tx, SubscriptionChange, id, accepted, {
    event: { type: 'change.accepted', message, ...changeReferences(change) },
  });
}

function newChange(
  id: string,
  subscription: CloudSubscription,
  { kinds, before, after, added }: PlannedChange,
  { timing }: WantedChange,
  request: Pick<SubscriptionChange, 'reason' | 'awaiting' | 'requestedById'>,
): SubscriptionChange {
  return Object.assign(new SubscriptionChange(), {
    id,
    version: 1,
    state: SubscriptionChangeState.PENDING,
    subscriptionId: subscription.id,
    accountId: subscription.accountId,
    resellerId: subscription.resellerId,
    kinds,
    before,
    after,
    added,
    timing,
    ...request,
    requestedAt: currentTime(),
  });
}
