import { createHash } from 'node:crypto';
import { typeid } from 'typeid-js';
import { z } from 'zod';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import { Charge, ChargeKind, CloudSubscription, minorUnits } from '../../entities';
import { invalid, notFound, Refusal } from '../../errors';
import { writeCharges } from '../../ledger';
import { authorize } from '../../policies';
import { lockVisible } from '../../store';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { lockActor } from '../identity/lock';
import { idempotencyKey, parseInput, singleLine } from '../input';
import { MAX_MINOR } from '../ordering/overflow-rules';

/** Input of `createAdjustment`. */
export interface CreateAdjustmentInput {
  subscriptionId: string;
  /** Amount in units of the currency of the subscription. Negative gives money back. */
  amount: string;
  reason: string;
  idempotencyKey: string;
}

const adjustmentInput = z.object({ idempotencyKey, reason: singleLine('The reason', 1000) });

/** Adds an adjustment to the ledger of a subscription, in any state. Resolves to its id, when it has a number. */
export async function createAdjustment(context: ActorContext, input: CreateAdjustmentInput): Promise<string> {
  const { actor, events } = context;
  authorize(actor, 'createAdjustment');
  const { idempotencyKey: key, reason } = parseInput(adjustmentInput, input);
  const cause = createHash('sha256').update(`${actor.userId} ${key}`).digest('hex');
  const id = await once(context, 'createAdjustment', key, input, commit => {
    const chargeId = typeid('chr').toString();
    return commit(chargeId, tx => write(context, tx, { ...input, reason, cause, chargeId }));
  });
  await events.numberCommitted();
  return id;
}

async function write(
  { actor, catalog, clock }: ActorContext,
  tx: Transaction,
  input: Omit<CreateAdjustmentInput, 'idempotencyKey'> & { cause: string; chargeId: string },
): Promise<void> {
  const current = await lockActor(tx, actor, 'createAdjustment');
  const subscription = await lockVisible(tx, current, CloudSubscription, input.subscriptionId);
  if (!subscription) throw new Refusal([notFound('subscription', ['subscriptionId'])]);
  const { currency } = subscription;
  const snapshot = await catalog.snapshotFor(tx);
  const minor = minorUnits(input.amount, snapshot.currency(currency));
  if (minor === undefined || minor === 0 || Math.abs(minor) > MAX_MINOR) {
    const limit = snapshot.money(MAX_MINOR, currency).amount;
    const message = `Set an amount in ${currency} that is not 0, of at most ${limit} and in whole minor units.`;
    throw new Refusal([invalid(['amount'], message)]);
  }
  const now = clock();
  const charge = Object.assign(new Charge(), {
    id: input.chargeId,
    seq: null,
    kind: ChargeKind.ADJUSTMENT,
    accountId: subscription.resellerId ?? subscription.accountId,
    subscriptionId: subscription.id,
    orderId: null,
    itemId: null,
    line: '',
    periodStart: now,
    periodEnd: now,
    quantity: 1,
    unitMinor: minor,
    amountMinor: minor,
    currency,
    cause: input.cause,
    reversesId: '',
    reason: input.reason,
    createdAt: currentTime(),
  });
  writeCharges(tx, [{ subscription, written: [charge], userId: actor.userId }]);
}
