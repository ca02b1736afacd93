import type { Transaction } from '../database';
import { OperationState, ProvisioningOperation } from '../entities';
import { Fenced } from '../jobs';
import { advance, type NextDue, writeOperation as write } from '../store';

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

/** Writes an operation as it was moved (see `src/store/operations.ts`). Throws `Fenced` where its claim no longer holds. */
export async function writeOperation(
  tx: Transaction,
  operation: ProvisioningOperation,
  due: NextDue,
  // Absolute, never a difference: a repeated write cannot skip a step.
  position: number = operation.position,
): Promise<ProvisioningOperation> {
  const written = await write(tx, operation, due, position);
  if (!written) throw fenced(operation);
  return written;
}

/** The claim that `operation` came with no longer holds. */
export const fenced = ({ id, token }: ProvisioningOperation) =>
  new Fenced(`${id} is no longer held with token ${token}`);

/** The owners and subjects of an event about `operation`. */
export function aboutOperation(operation: ProvisioningOperation) {
  const { id, accountId, resellerId, orderId, subscriptionId } = operation;
  return { accountId, resellerId, orderId, subscriptionId, operationId: id };
}
