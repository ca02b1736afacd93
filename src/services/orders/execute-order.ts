import { z } from 'zod';
import type { Session } from '../../database';
import { Account, type Order, type OrderLine, OrderSource } from '../../entities';
import { checkVersion, Refusal, refuseIf } from '../../errors';
import { authorize } from '../../policies';
import { findOrderLines, readById } from '../../store';
import type { ActorContext } from '../context';
import { type CommitOnce, once } from '../idempotency';
import { idempotencyKey, parseInput } from '../input';
import { execute } from '../ordering/execute';
import { lockTargets } from '../ordering/lock-targets';
import { precheckDraft } from '../ordering/precheck';
import { lockVisibleOrder, visibleOrder } from './change-order';
import { executionErrors } from './execution-errors';

/** Input of `executeOrder`. */
export interface ExecuteOrderInput {
  orderId: string;
  idempotencyKey: string;
  expectedVersion?: number | null;
}

const executeInput = z.object({ idempotencyKey });

/** Executes a BSS order, once: checks its rules again, keeps its prices. Resolves to its id. */
export async function executeOrder(context: ActorContext, input: ExecuteOrderInput): Promise<string> {
  authorize(context.actor, 'executeOrder');
  const { idempotencyKey: key } = parseInput(executeInput, input);
  return once(context, 'executeOrder', key, input, commit => attempt(context, input, commit));
}

async function attempt(
  context: ActorContext,
  { orderId, expectedVersion }: ExecuteOrderInput,
  commit: CommitOnce,
): Promise<string> {
  const { db, actor, catalog } = context;
  const placed = await visibleOrder(context, db, orderId);
  checkVersion(expectedVersion, placed.version);
  const lines = await findOrderLines(db, placed.id);
  const recipient = await readById(db, Account, placed.recipientId);
  const lookAgain = async () => {
    const now = await visibleOrder(context, db, orderId);
    await refuseExecution(context, db, now, recipient, lines);
  };
  try {
    await refuseExecution(context, db, placed, recipient, lines);
  } catch (error) {
    // The obstacle may be the result of a concurrent execution of this order.
    if (error instanceof Refusal) await lookAgain();
    throw error;
  }
  await precheckDraft(context, recipient, lines, OrderSource.BSS, lookAgain);
  return commit(orderId, async tx => {
    const locked = await lockVisibleOrder(context, tx, placed, expectedVersion);
    await lockTargets(tx, lines);
    await refuseExecution(context, tx, locked.order, locked.recipient, lines);
    await execute(tx, {
      order: locked.order,
      lines,
      executedById: actor.userId,
      recipientName: locked.recipient.name,
      catalog: await catalog.snapshotFor(tx),
    });
  });
}

async function refuseExecution(
  { actor, catalog }: ActorContext,
  session: Session,
  order: Order,
  recipient: Account,
  lines: readonly OrderLine[],
): Promise<void> {
  const current = await catalog.snapshotFor(session);
  for (const errors of await executionErrors(session, actor, [{ order, recipient, lines }], current)) {
    refuseIf(errors);
  }
}
