import { currentTime } from '../clock';
import type { Transaction } from '../database';
import type { OperationState, ProvisioningOperation } from '../entities';
import { record } from '../events';
import { Fenced, inSql } from '../jobs';
import { canMove, operationMachine } from '../policies';

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

/** Tells that an operation has gone from one state to the next; `writeOperation` writes where it has come to. */
export function tellOperation(
  tx: Transaction,
  operation: ProvisioningOperation,
  from: OperationState,
  to: OperationState,
): void {
  if (!canMove(operationMachine, from, to)) {
    throw new Error(`An operation cannot go from ${from} to ${to}`);
  }
  record(tx, {
    type: 'operation.changed',
    message: messages[to],
    ...aboutOperation(operation),
    data: { operationState: to },
  });
}

/**
 * Writes where the operation stands, only while its token, state and position are still those of `operation`; throws
 * `Fenced` otherwise, which rolls everything back. Whatever ends the claim raises the token too, so that no late renewal
 * finds it, and whatever got on forgets how often the operation was claimed. A state other than `from`, the last that was
 * told of, is told of.
 */
export async function writeOperation(
  tx: Transaction,
  operation: ProvisioningOperation,
  from: OperationState,
  to: Standing,
): Promise<void> {
  if (from !== to.state) tellOperation(tx, operation, from, to.state);
  const { due } = to;
  const keeps = due !== 'never' && 'leaseMs' in due;
  const release = keeps ? '' : ', owner = NULL, token = token + 1';
  const gotOn = !keeps || to.position !== operation.position ? ', claims = 0' : '';
  const written = await tx.execute(
    `UPDATE operations FORCE INDEX (PRIMARY) SET state = ?, position = ?, dueAt = ${dueSql(due)}, finishedAt = ? ${release} ${gotOn}
     WHERE id = ? AND token = ? AND state = ? AND position = ? AND dueAt IS NOT NULL`,
    [
      to.state,
      to.position,
      due === 'never' ? currentTime() : null,
      operation.id,
      operation.token,
      operation.state,
      operation.position,
    ],
  );
  if (written === 0) throw fenced(operation);
}

/** The claim that `operation` came with holds no more. */
export const fenced = ({ id, token }: ProvisioningOperation) =>
  new Fenced(`${id} is no longer held with token ${token}`);

/** Whose an event of `operation` is, and what it is about. */
export function aboutOperation(operation: ProvisioningOperation) {
  const { id, accountId, resellerId, orderId, subscriptionId } = operation;
  return { accountId, resellerId, orderId, subscriptionId, operationId: id };
}
