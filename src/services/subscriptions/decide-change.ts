import { z } from 'zod';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import { ChangeDecision, SubscriptionChange, SubscriptionChangeState } from '../../entities';
import { checkVersion, Refusal, refuseIf } from '../../errors';
import { record } from '../../events';
import { authorize, nextDecider, strictestPolicy } from '../../policies';
import { forwardToDecider, transition } from '../../store';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { idempotencyKey, optionalText, parseInput } from '../input';
import { openRequestsOf } from './activity';
import { beginChange, holdsWhatItHeld, scheduledFor } from './carry-out-change';
import { changeReferences, lockForChange, visibleChange } from './change-subscription';
import { beginChangeError, contentsMovedError, decideChangeError } from './subscription-rules';

/** Input of `decideSubscriptionChange`. */
export interface DecideChangeInput {
  changeId: string;
  decision: ChangeDecision;
  note?: string | null;
  idempotencyKey: string;
  expectedVersion?: number | null;
}

const decideInput = z.object({ idempotencyKey, note: optionalText('The note') });

/** Accepts or rejects a change, or forwards it to the distributor. Resolves to the id of the change. */
export async function decideChange(context: ActorContext, input: DecideChangeInput): Promise<string> {
  authorize(context.actor, 'decideSubscriptionChange');
  const { idempotencyKey: key, note } = parseInput(decideInput, input);
  return once(context, 'decideSubscriptionChange', key, input, async commit => {
    const seen = await visibleChange(context, context.db, input.changeId);
    return commit(seen.id, tx => decide(context, tx, seen, input, note));
  });
}

async function decide(
  context: ActorContext,
  tx: Transaction,
  seen: SubscriptionChange,
  input: DecideChangeInput,
  note: string | null,
): Promise<void> {
  const { actor, catalog, clock } = context;
  const activity = await lockForChange(context, tx, seen.subscriptionId);
  const { subscription } = activity;
  const change = await visibleChange(context, tx, seen.id);
  checkVersion(input.expectedVersion, change.version);
  refuseIf([decideChangeError(change, actor)]);
  const decided = { decidedById: actor.userId, decidedAt: currentTime(), decisionNote: note };
  const about = { userId: actor.userId, ...changeReferences(change) };
  if (input.decision === ChangeDecision.REJECT) {
    const message = `The change of ${subscription.friendlyName} is rejected.`;
    const rejected = { ...decided, state: SubscriptionChangeState.REJECTED };
    return transition(tx, SubscriptionChange, change.id, rejected, {
      event: { type: 'change.rejected', message, ...about },
    });
  }
  const current = await catalog.snapshotFor(tx);
  const policy = strictestPolicy(current.service(subscription.serviceId), change.kinds);
  const next = nextDecider(actor, subscription, policy);
  if (next !== null) {
    const message = `The reseller accepts the change of ${subscription.friendlyName}. The distributor decides.`;
    record(tx, { type: 'change.forwarded', message, ...about });
    return forwardToDecider(tx, SubscriptionChange, change.id, next, note);
  }
  const effectiveAt = scheduledFor(change, subscription, clock());
  if (effectiveAt === null) {
    refuseIf([beginChangeError(openRequestsOf(activity))]);
    if (!(await holdsWhatItHeld(tx, subscription, change))) {
      throw new Refusal([contentsMovedError(subscription)]);
    }
    await beginChange(tx, change, subscription, current, actor.userId);
  }
  const message = `The change of ${subscription.friendlyName} is accepted.`;
  const accepted = { ...decided, effectiveAt, state: SubscriptionChangeState.ACCEPTED };
  await transition(tx, SubscriptionChange, change.id, accepted, {
    event: { type: 'change.accepted', message, ...about },
  });
}
