import type { Transaction } from '../database';
import { OperationState, ProvisioningOperation } from '../entities';
import { Fenced } from '../jobs';
import { advance, lockOperation, type NextDue, writeOperation as storeOperation } from '../store';

const messages: Record<Exclude<OperationState, 'ABANDONED'>, string> = {
  PENDING: 'The operation is waiting for a worker.',
  RUNNING: 'The operation is running.',
  SUCCEEDED: 'Every step is done.',
  FAILED: 'The operation has stopped; a person may retry or abandon it.',
};

/** Locks order, subscription and operation (docs/locking.md). Throws `Fenced` when the claim is lost. */
export async function lockClaimedOperation(tx: Transaction, operation: ProvisioningOperation): Promise<void> {
  if (!(await lockOperation(tx, operation))) throw lostClaim(operation);
}

/** Moves an operation to its next state in memory and records its event. `writeOperation` writes the result. */
export function moveOperation(
  tx: Transaction,
  operation: ProvisioningOperation,
  state: keyof typeof messages,
): ProvisioningOperation {
  return advance(
    tx,
    ProvisioningOperation,
    operation,
    { state },
    {
      type: 'operation.changed',
      message: messages[state],
      ...operationReferences(operation),
      data: { operationState: state },
    },
  );
}

/** Writes a moved operation (see `src/store/operations.ts`). Throws `Fenced` when its claim is lost. */
export async function writeOperation(
  tx: Transaction,
  operation: ProvisioningOperation,
  due: NextDue,
  // Absolute, never a difference: a repeated write cannot skip a step.
  position: number = operation.position,
): Promise<ProvisioningOperation> {
  const written = await storeOperation(tx, operation, due, position);
  if (!written) throw lostClaim(operation);
  return written;
}

/** Error of an operation whose claim is lost. */
const lostClaim = ({ id, token }: ProvisioningOperation) =>
  new Fenced(`${id} is no longer claimed with token ${token}`);

/** Ids that an event about an operation refers to. */
export function operationReferences(operation: ProvisioningOperation) {
  const { id, accountId, resellerId, orderId, subscriptionId } = operation;
  return { accountId, resellerId, orderId, subscriptionId, operationId: id };
}
