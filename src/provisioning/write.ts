import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { OperationState, ProvisioningOperation } from '../entities';
import { Fenced, inSql } from '../jobs';
import { advance, writeAdvanced } from '../store';

/** When an operation is claimed next: when its lease expires, after a while by any worker, or never. */
export type Due = { leaseMs: number } | { inMs: number } | 'never';

const messages: Record<OperationState, string> = {
  PENDING: 'The operation waits for a worker.',
  RUNNING: 'The operation is in hand.',
  SUCCEEDED: 'Every step is done.',
  FAILED: 'The operation has stopped; a person may retry it.',
};

/** Moves an operation to its next state in memory, with its event. `writeOperation` writes the result. */
export function moveOperation(
  tx: Transaction,
  operation: ProvisioningOperation,
  state: OperationState,
): ProvisioningOperation {
  return advance(
    tx,
    ProvisioningOperation,
    operation,
    { state },
    {
      type: 'operation.changed',
      message: messages[state],
      ...aboutOperation(operation),
      data: { operationState: state },
    },
  );
}

/**
 * Writes an operation as it was moved, with the position of its next step, only while its token, state and position are
 * those of the claimed row. Throws `Fenced` otherwise, which rolls everything back. Whatever ends the claim raises the
 * token too, so that no late renewal finds it, and any progress resets the count of claims.
 */
export async function writeOperation(
  tx: Transaction,
  operation: ProvisioningOperation,
  due: Due,
  // Absolute, never a difference: a repeated write cannot skip a step.
  position: number = operation.position,
): Promise<ProvisioningOperation> {
  const keeps = due !== 'never' && 'leaseMs' in due;
  const finishedAt = due === 'never' ? currentTime() : null;
  const written = advance(tx, ProvisioningOperation, operation, { position, finishedAt });
  const held = await writeAdvanced(tx, ProvisioningOperation, [written], {
    key: ['id'],
    columns: ['state', 'position', 'finishedAt'],
    unchanged: ['token', 'position'],
    condition: 't.dueAt IS NOT NULL',
    computed: [
      `t.dueAt = ${dueSql(due)}`,
      ...(keeps ? [] : ['t.owner = NULL', 't.token = t.token + 1']),
      ...(keeps && position === operation.position ? [] : ['t.claims = 0']),
    ].join(', '),
  });
  if (!held) throw fenced(operation);
  return written;
}

function dueSql(due: Due): string {
  if (due === 'never') return 'NULL';
  return inSql('leaseMs' in due ? due.leaseMs : due.inMs);
}

/** The claim that `operation` came with no longer holds. */
export const fenced = ({ id, token }: ProvisioningOperation) =>
  new Fenced(`${id} is no longer held with token ${token}`);

/** The owners and subjects of an event about `operation`. */
export function aboutOperation(operation: ProvisioningOperation) {
  const { id, accountId, resellerId, orderId, subscriptionId } = operation;
  return { accountId, resellerId, orderId, subscriptionId, operationId: id };
}
