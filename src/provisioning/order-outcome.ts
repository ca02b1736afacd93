import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { OperationKind, OperationState, Order, OrderState, type ProvisioningOperation } from '../entities';
import type { EventType } from '../events';
import { canMove, orderMachine } from '../policies';
import { advance, findOrderOperations, type OrderOperation, type SettledOrder, writeOrders } from '../store';

const { PENDING, RUNNING, SUCCEEDED, FAILED } = OperationState;

/** Event of each outcome, and whether something was provisioned. */
const outcomes = {
  COMPLETED: { type: 'order.completed', message: 'Every line of the order is provisioned.', isDone: true },
  PARTIALLY_COMPLETED: {
    type: 'order.partially_completed',
    message: 'A part of the order is provisioned; the other lines are abandoned.',
    isDone: true,
  },
  FAILED: {
    type: 'order.failed',
    message: 'A line of the order has failed; it can be retried or abandoned.',
    isDone: false,
  },
  CANCELLED: { type: 'order.cancelled', message: 'Every line of the order is abandoned.', isDone: false },
} as const satisfies Partial<Record<OrderState, { type: EventType; message: string; isDone: boolean }>>;

/** Outcome of an order. Undefined while an operation is open. An UNDO that has ended decides nothing. */
function outcomeOf(operations: readonly OrderOperation[]): keyof typeof outcomes | undefined {
  const some = (...states: OperationState[]) => operations.some(({ state }) => states.includes(state));
  if (some(FAILED)) return OrderState.FAILED;
  if (some(PENDING, RUNNING)) return undefined;
  const lines = operations.filter(({ kind }) => kind !== OperationKind.UNDO);
  const succeeded = lines.filter(({ state }) => state === SUCCEEDED).length;
  if (succeeded === lines.length) return OrderState.COMPLETED;
  return succeeded > 0 ? OrderState.PARTIALLY_COMPLETED : OrderState.CANCELLED;
}

/**
 * Moves the orders of operations to the outcome of all their operations, if they have one. The orders are locked, so the last
 * operation sees the others. In a cluster a lock holds on one node only, but a write is certified by all: an operation that is
 * not the last writes the order too, so that of two that end on two nodes at once, one fails to commit, restarts and sees the
 * other. Each order belongs to one of `operations` at most.
 */
export async function settleOrders(
  tx: Transaction,
  operations: readonly ProvisioningOperation[],
): Promise<void> {
  const causes = operations.filter(({ orderId }) => orderId !== null);
  if (causes.length === 0) return;
  const found = await findOrderOperations(
    tx,
    causes.flatMap(({ orderId }) => orderId ?? []),
  );
  const settled = causes.map(cause =>
    settle(
      tx,
      cause,
      found.filter(({ order }) => order.id === cause.orderId),
    ),
  );
  if (!(await writeOrders(tx, settled))) throw new Error('An order was changed although it is locked');
}

/** Settles one order in memory. Without an outcome only its version is to be written. */
function settle(
  tx: Transaction,
  { orderId, accountId, resellerId }: ProvisioningOperation,
  operations: readonly OrderOperation[],
): SettledOrder {
  const order = operations[0]?.order as Order | undefined;
  if (!order || !orderId) throw new Error(`${orderId} has no operation`);
  const state = outcomeOf(operations);
  // The order is FAILED already when another of its operations failed before.
  if (!state || !canMove(orderMachine, order.state, state)) return order;
  const { type, message, isDone } = outcomes[state];
  const move = isDone ? { state, completedAt: currentTime() } : { state };
  return advance(tx, Order, order, move, { type, message, accountId, resellerId, orderId });
}
