import type { Transaction } from '../database';
import { OperationState, OperationStep, type ProvisioningOperation, type StepState } from '../entities';
import { record } from '../events';
import { canMove, operationMachine, stepMachine } from '../policies';
import { leaseEnd } from './claims';

/** The claim is somebody else's by now, or the step is done: nothing may be written. */
export class Fenced extends Error {}

/** When an operation is to be looked at next: when the lease runs out, after a while, or never again. */
export type Due = 'lease' | { inMs: number } | 'never';

/** Where a transaction leaves an operation. */
export interface Standing {
  state: OperationState;
  /** Absolute, never a difference: a repeated write cannot skip a step. */
  position: number;
  due: Due;
}

const messages: Record<OperationState, string> = {
  PENDING: 'The operation waits for a worker.',
  RUNNING: 'The operation is in hand.',
  SUCCEEDED: 'Every step is done.',
  FAILED: 'The operation has stopped; a person may retry it.',
};

function dueSql(due: Due): string {
  if (due === 'lease') return leaseEnd;
  return due === 'never' ? 'NULL' : `NOW(3) + INTERVAL ${Math.round(due.inMs * 1000)} MICROSECOND`;
}

/**
 * Writes where the operation stands, only while its token and position are still those of `operation`; throws `Fenced`
 * otherwise, which rolls everything back. Whatever ends the claim raises the token too, so that no late renewal finds
 * it. A new state is told of.
 */
export async function writeOperation(
  tx: Transaction,
  operation: ProvisioningOperation,
  from: OperationState,
  to: Standing,
): Promise<void> {
  if (from !== to.state && !canMove(operationMachine, from, to.state)) {
    throw new Error(`An operation cannot go from ${from} to ${to.state}`);
  }
  const release = to.due === 'lease' ? '' : ', owner = NULL, token = token + 1';
  const written = await tx.execute(
    `UPDATE operations SET state = ?, position = ?, dueAt = ${dueSql(to.due)}, finishedAt = ? ${release}
     WHERE id = ? AND token = ? AND position = ? AND dueAt IS NOT NULL`,
    [
      to.state,
      to.position,
      to.due === 'never' ? new Date() : null,
      operation.id,
      operation.token,
      operation.position,
    ],
  );
  if (written === 0) throw new Fenced(`${operation.id} is no longer held with token ${operation.token}`);
  if (from === to.state) return;
  record(tx, {
    type: 'operation.changed',
    message: messages[to.state],
    ...aboutOperation(operation),
    data: { operationState: to.state },
  });
}

/** What a transaction writes of a step. */
export type StepChange = { state: StepState } & Partial<
  Omit<OperationStep, 'operationId' | 'position' | 'name'>
>;

/** Writes one step of a running operation and tells of it. */
export async function writeStep(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  change: StepChange,
  message: string,
  operationState: OperationState = OperationState.RUNNING,
): Promise<void> {
  if (!canMove(stepMachine, step.state, change.state)) {
    throw new Error(`${step.name} cannot go from ${step.state} to ${change.state}`);
  }
  await tx.update(OperationStep, change, 't.operationId = ? AND t.position = ?', [
    step.operationId,
    step.position,
  ]);
  record(tx, {
    type: 'step.changed',
    message,
    ...aboutOperation(operation),
    data: { operationState, step: step.name, stepState: change.state },
  });
}

/** Whose an event of `operation` is, and what it is about. */
export function aboutOperation(operation: ProvisioningOperation) {
  const { id, accountId, resellerId, orderId, subscriptionId } = operation;
  return { accountId, resellerId, orderId, subscriptionId, operationId: id };
}
