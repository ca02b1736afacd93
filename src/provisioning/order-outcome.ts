import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { OperationKind, OperationState, Order, OrderState, type ProvisioningOperation } from '../entities';
import type { EventType } from '../events';
import { findOrderOperations, type OrderOperation, touchOrder, tryTransition } from '../store';

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
 * Moves the order to the outcome of all its operations, if they have one. The order is locked, so the last operation sees
 * the others. In a cluster a lock holds on one node only, but a write is certified by all: an operation that is not the last
 * writes the order too, so that of two that end on two nodes at once, one fails to commit, restarts and sees the other.
 */
export async function settleOrder(tx: Transaction, operation: ProvisioningOperation): Promise<void> {
  const { orderId, accountId, resellerId } = operation;
  if (!orderId) return;
  const state = outcomeOf(await findOrderOperations(tx, orderId));
  if (!state) {
    await touchOrder(tx, orderId);
    return;
  }
  const { type, message, isDone } = outcomes[state];
  const move = isDone ? { state, completedAt: currentTime() } : { state };
  // The order is FAILED already when another of its operations failed before.
  const event = { type, message, accountId, resellerId, orderId };
  const moved = await tryTransition(tx, Order, orderId, move, { event });
  if (!moved) await touchOrder(tx, orderId);
}
