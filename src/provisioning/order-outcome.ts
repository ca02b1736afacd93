import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { OperationState, Order, OrderState, type ProvisioningOperation } from '../entities';
import type { EventType } from '../events';
import { findOperationStates, lockOperation, touchOrder, tryTransition } from '../store';
import { fenced } from './write';

/**
 * Locks the operation's order, if it has one, its subscription and the operation: in this order, which is that of locks,
 * for each is one row found by its key. Throws `Fenced` where the claim holds no more.
 */
export async function lockSubject(tx: Transaction, operation: ProvisioningOperation): Promise<void> {
  if (!(await lockOperation(tx, operation))) throw fenced(operation);
}

const outcomes: Partial<Record<OrderState, { type: EventType; message: string }>> = {
  COMPLETED: { type: 'order.completed', message: 'Every line of the order is provisioned.' },
  FAILED: { type: 'order.failed', message: 'A line of the order has failed; it can be retried.' },
};

/**
 * Moves the operation's order to what all its operations now amount to. Its row is locked, so the last one sees all. A
 * lock is known to one node of a cluster only, a write to all: so whoever is not the last writes the order too, and of
 * two that end on two nodes at once, one fails to commit, begins again and sees the other.
 */
export async function settleOrder(tx: Transaction, operation: ProvisioningOperation): Promise<void> {
  const { orderId, accountId, resellerId } = operation;
  if (!orderId) return;
  const states = await findOperationStates(tx, orderId);
  const all = (wanted: OperationState) => states.every(state => state === wanted);
  const some = (wanted: OperationState) => states.some(state => state === wanted);
  const to = all(OperationState.SUCCEEDED)
    ? OrderState.COMPLETED
    : some(OperationState.FAILED)
      ? OrderState.FAILED
      : undefined;
  const outcome = to && outcomes[to];
  if (!to || !outcome) {
    await touchOrder(tx, orderId);
    return;
  }
  const patch = to === OrderState.COMPLETED ? { completedAt: currentTime() } : {};
  // It has failed already where another line of it has.
  const event = { ...outcome, accountId, resellerId, orderId };
  await tryTransition(tx, Order, orderId, { state: to, ...patch }, { event });
}
