import { z } from 'zod';
import type { Session } from '../../database';
import { Account, type Order, type OrderLine, OrderSource } from '../../entities';
import { checkVersion, Refusal, refuseIf } from '../../errors';
import { authorize } from '../../policies';
import type { ActorContext } from '../context';
import { firstAnswer, type Keyed, takeKey } from '../idempotency';
import { idempotencyKey, parseInput } from '../input';
import { askProvider } from '../ordering/ask-provider';
import { execute } from '../ordering/execute';
import { lockTargets } from '../ordering/lock-targets';
import { linesOf, lockOrder, visibleOrder } from './change-order';
import { executionErrors } from './execution-errors';

/** What `executeOrder` is asked with. */
export interface ExecuteOrderInput {
  orderId: string;
  idempotencyKey: string;
  expectedVersion?: number | null;
}

const executeInput = z.object({ idempotencyKey });

/**
 * Executes an order that was placed in the BSS: creates its subscriptions and operations, exactly once. What held when
 * it was placed is asked again; its prices stay. Resolves to the order's id.
 */
export async function executeOrder(context: ActorContext, input: ExecuteOrderInput): Promise<string> {
  const { db, actor } = context;
  authorize(actor, 'executeOrder');
  const { idempotencyKey: key } = parseInput(executeInput, input);
  const { orderId, expectedVersion } = input;
  const keyed = { userId: actor.userId, mutation: 'executeOrder', key, input: { orderId, expectedVersion } };
  const before = await firstAnswer(db, keyed);
  if (before) return before;
  try {
    return await attempt(context, input, keyed);
  } catch (error) {
    // A call with the same key may have been quicker: then it is its answer that counts, not what it has left to refuse.
    const meanwhile = error instanceof Refusal && (await firstAnswer(db, keyed));
    if (meanwhile) return meanwhile;
    throw error;
  }
}

async function attempt(context: ActorContext, input: ExecuteOrderInput, keyed: Keyed): Promise<string> {
  const { db, actor, catalog } = context;
  const { orderId, expectedVersion } = input;
  const placed = await visibleOrder(context, db, orderId);
  checkVersion(expectedVersion, placed.version);
  const lines = await linesOf(db, placed);
  const recipient = await recipientOf(db, placed);
  await refuseExecution(context, db, placed, recipient, lines);
  await askProvider(context, recipient, lines, OrderSource.BSS, async () => {
    const now = await visibleOrder(context, db, orderId);
    await refuseExecution(context, db, now, recipient, lines);
  });
  return db.transaction(async tx => {
    const answered = await takeKey(tx, keyed, orderId);
    if (answered) return answered;
    const locked = await lockOrder(context, tx, placed, expectedVersion);
    await lockTargets(tx, lines);
    await refuseExecution(context, tx, locked.order, locked.recipient, lines);
    await execute(tx, {
      order: locked.order,
      lines,
      executedById: actor.userId,
      recipientName: locked.recipient.name,
      catalog: await catalog.asSeenBy(tx),
    });
    return orderId;
  });
}

async function recipientOf(session: Session, { recipientId }: Order): Promise<Account> {
  const recipient = await session.one(Account, 'WHERE t.id = ?', [recipientId]);
  if (!recipient) throw new Error(`Account ${recipientId} is missing`);
  return recipient;
}

async function refuseExecution(
  { actor, catalog }: ActorContext,
  session: Session,
  order: Order,
  recipient: Account,
  lines: readonly OrderLine[],
): Promise<void> {
  const current = await catalog.asSeenBy(session);
  for (const errors of await executionErrors(session, actor, [{ order, recipient, lines }], current)) {
    refuseIf(errors);
  }
}
