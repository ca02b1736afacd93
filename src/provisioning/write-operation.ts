import type { Transaction } from '../database';
import { OperationState, ProvisioningOperation } from '../entities';
import { Fenced } from '../jobs';
import {
  advance,
  lockOperation,
  type NextDue,
  type Progress,
  writeOperations as storeOperations,
} from '../store';

const messages: Record<Exclude<OperationState, 'ABANDONED'>, string> = {
  PENDING: 'The operation is waiting for a worker.',
  RUNNING: 'The operation is running.',
  SUCCEEDED: 'Every step is done.',
  FAILED: 'The operation has stopped; a person may retry or abandon it.',
};

/** Locks order, subscription and operation (docs/locking.md). Throws `Fenced` when the claim is lost. */
export async function lockClaimedOperation(tx: Transaction, operation: ProvisioningOperation): Promise<void> {
  if (!(await lockOperation(tx, operation))) throw lostClaims([operation]);
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

/** Writes moved operations (see `src/store/operations.ts`). Throws `Fenced` when the claim of one is lost. */
export async function writeOperations(
  tx: Transaction,
  all: readonly Progress[],
): Promise<ProvisioningOperation[]> {
  const written = await storeOperations(tx, all);
  if (!written) throw lostClaims(all.map(({ operation }) => operation));
  return written;
}

/** Writes one moved operation. */
export async function writeOperation(
  tx: Transaction,
  operation: ProvisioningOperation,
  due: NextDue,
  // Absolute, never a difference: a repeated write cannot skip a step.
  position: number = operation.position,
): Promise<ProvisioningOperation> {
  const [written] = await writeOperations(tx, [{ operation, position, due }]);
  return written as ProvisioningOperation;
}

/** Error of operations of which one has lost its claim. */
const lostClaims = (operations: readonly ProvisioningOperation[]) =>
  new Fenced(operations.map(({ id, token }) => `${id} is no longer claimed with token ${token}`).join(', '));

/** Ids that an event about an operation refers to. */
export function operationReferences(operation: ProvisioningOperation) {
  const { id, accountId, resellerId, orderId, subscriptionId } = operation;
  return { accountId, resellerId, orderId, subscriptionId, operationId: id };
}
