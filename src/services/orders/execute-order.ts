import { z } from 'zod';
import type { CatalogSnapshot } from '../../catalog';
import type { Session } from '../../database';
import { Account, type Order, type OrderLine, OrderSource, OrderState } from '../../entities';
import { refuseIf, simple, type UserError } from '../../errors';
import { authorize } from '../../policies';
import type { ActorContext } from '../context';
import { firstAnswer, takeKey } from '../idempotency';
import { idempotencyKey, parseInput } from '../input';
import type { Draft } from '../ordering/draft';
import { draftErrors } from '../ordering/draft-rules';
import { execute } from '../ordering/execute';
import { readFacts } from '../ordering/facts';
import { precheck } from '../ordering/precheck';
import { linesOf, lockOrder, visibleOrder } from './change-order';
import { listFor } from './place-order';

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
  const { db, actor, catalog } = context;
  authorize(actor, 'executeOrder');
  const { idempotencyKey: key } = parseInput(executeInput, input);
  const { orderId, expectedVersion } = input;
  const keyed = { userId: actor.userId, mutation: 'executeOrder', key, input: { orderId, expectedVersion } };
  const before = await firstAnswer(db, keyed);
  if (before) return before;

  const placed = await visibleOrder(context, db, orderId);
  const recipient = await db.one(Account, 'WHERE t.id = ?', [placed.recipientId]);
  if (!recipient) throw new Error(`Account ${placed.recipientId} is missing`);
  const lines = await linesOf(db, placed);
  refuseIf(await executionErrors(context, db, placed, recipient, lines, await catalog.asSeenBy(db)));
  await precheck(context, recipient, lines, OrderSource.BSS);

  return db.transaction(async tx => {
    const answered = await takeKey(tx, keyed, orderId);
    if (answered) return answered;
    const { order } = await lockOrder(context, tx, placed, expectedVersion);
    const current = await catalog.asSeenBy(tx);
    refuseIf(await executionErrors(context, tx, order, recipient, lines, current));
    await execute(tx, {
      order,
      lines,
      executedById: actor.userId,
      recipientName: recipient.name,
      catalog: current,
    });
    return orderId;
  });
}

/** What stands in the way of executing `order` right now. */
export async function executionErrors(
  { actor }: ActorContext,
  session: Session,
  order: Order,
  recipient: Account,
  lines: readonly OrderLine[],
  catalog: CatalogSnapshot,
): Promise<UserError[]> {
  if (order.state !== OrderState.SUBMITTED) {
    return [
      simple(
        'INVALID_STATE',
        `Only a submitted order can be executed; this one is ${order.state.toLowerCase()}.`,
        ['orderId'],
      ),
    ];
  }
  const draft: Draft = { actor, recipient, lines };
  const facts = await readFacts(session, draft, catalog, await listFor(session, recipient, catalog));
  return draftErrors(draft, facts);
}
