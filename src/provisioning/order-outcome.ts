import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { OperationState, Order, OrderState, type ProvisioningOperation } from '../entities';
import type { EventType } from '../events';
import { findOperationStates, lockOperation, touchOrder, tryTransition } from '../store';
import { lostClaim } from './write-operation';

/** Locks order, subscription and operation (see docs/locking.md). Throws `Fenced` when the claim is lost. */
export async function lockClaimedOperation(tx: Transaction, operation: ProvisioningOperation): Promise<void> {
  if (!(await lockOperation(tx, operation))) throw lostClaim(operation);
}

const outcomes: Partial<Record<OrderState, { type: EventType; message: string }>> = {
  COMPLETED: { type: 'order.completed', message: 'Every line of the order is provisioned.' },
  FAILED: { type: 'order.failed', message: 'A line of the order has failed; it can be retried.' },
};

/**
 * Moves the order to the outcome of all its operations, if they have one. The order is locked, so the last operation sees
 * the others. In a cluster a lock holds on one node only, but a write is certified by all: an operation that is not the last
 * writes the order too, so that of two that end on two nodes at once, one fails to commit, restarts and sees the other.
 */
export async function settleOrder(tx: Transaction, operation: ProvisioningOperation): Promise<void> {
  const { orderId, accountId, resellerId } = operation;
  if (!orderId) return;
  const states = await findOperationStates(tx, orderId);
  const all = (expected: OperationState) => states.every(state => state === expected);
  const some = (expected: OperationState) => states.some(state => state === expected);
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
  // The order is FAILED already when another of its operations failed before.
  const event = { ...outcome, accountId, resellerId, orderId };
  await tryTransition(tx, Order, orderId, { state: to, ...patch }, { event });
}
