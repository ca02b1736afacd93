import type { Transaction } from '../database';
import { OperationState, OperationStep, type ProvisioningOperation, type StepState } from '../entities';
import { record } from '../events';
import { Fenced, inSql } from '../jobs';
import { canMove, operationMachine, stepMachine } from '../policies';

/** When an operation is looked at next: when its lease runs out, after a while by anybody, or never again. */
export type Due = { leaseMs: number } | { inMs: number } | 'never';

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
  if (due === 'never') return 'NULL';
  return inSql('leaseMs' in due ? due.leaseMs : due.inMs);
}

/**
 * Writes where the operation stands, only while its token, state and position are still those of `operation`; throws
 * `Fenced` otherwise, which rolls everything back. Whatever ends the claim raises the token too, so that no late renewal
 * finds it, and whatever got on forgets how often the operation was claimed. A new state is told of.
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
  const { due } = to;
  const keeps = due !== 'never' && 'leaseMs' in due;
  const release = keeps ? '' : ', owner = NULL, token = token + 1';
  const gotOn = !keeps || to.position !== operation.position ? ', claims = 0' : '';
  const written = await tx.execute(
    `UPDATE operations SET state = ?, position = ?, dueAt = ${dueSql(due)}, finishedAt = ? ${release} ${gotOn}
     WHERE id = ? AND token = ? AND state = ? AND position = ? AND dueAt IS NOT NULL`,
    [
      to.state,
      to.position,
      due === 'never' ? new Date() : null,
      operation.id,
      operation.token,
      from,
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

/** What a step that met no fault, or whose fault is over, says of faults. */
export const noError = { errorCode: null, errorMessage: null, errorProviderCode: null };

/**
 * Writes one step of a running operation and tells of it, only while the step is as `step` says; throws `Fenced`
 * otherwise. Resolves to the step as it is now.
 */
export async function writeStep(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  change: StepChange,
  message: string,
): Promise<OperationStep> {
  if (!canMove(stepMachine, step.state, change.state)) {
    throw new Error(`${step.name} cannot go from ${step.state} to ${change.state}`);
  }
  const written = await tx.update(
    OperationStep,
    change,
    't.operationId = ? AND t.position = ? AND t.state = ? AND t.attempts = ?',
    [step.operationId, step.position, step.state, step.attempts],
  );
  if (written === 0) throw new Fenced(`${step.name} of ${operation.id} is no longer ${step.state}`);
  record(tx, {
    type: 'step.changed',
    message: message.slice(0, 1000),
    ...aboutOperation(operation),
    data: { operationState: OperationState.RUNNING, step: step.name, stepState: change.state },
  });
  return Object.assign(new OperationStep(), step, change);
}

/** Writes what to ask the provider with about a running step, and tells once that it has accepted the work. */
export async function writeTicket(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  ticket: string,
): Promise<void> {
  const written = await tx.update(
    OperationStep,
    { ticket, ...noError },
    't.operationId = ? AND t.position = ? AND t.state = ? AND t.attempts = ?',
    [step.operationId, step.position, step.state, step.attempts],
  );
  if (written === 0) throw new Fenced(`${step.name} of ${operation.id} is no longer ${step.state}`);
  if (step.ticket !== null) return;
  record(tx, {
    type: 'step.changed',
    message: `${step.name} is accepted; the provider works on it.`,
    ...aboutOperation(operation),
    data: { operationState: OperationState.RUNNING, step: step.name, stepState: step.state },
  });
}

/** Whose an event of `operation` is, and what it is about. */
export function aboutOperation(operation: ProvisioningOperation) {
  const { id, accountId, resellerId, orderId, subscriptionId } = operation;
  return { accountId, resellerId, orderId, subscriptionId, operationId: id };
}
