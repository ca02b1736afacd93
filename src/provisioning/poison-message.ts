import { currentTime } from '../clock';
import type { Database } from '../database';
import { OperationState, type ProvisioningOperation, StepState } from '../entities';
import { ProviderFault } from '../providers';
import { findSteps } from '../store';
import { failOperation } from './fail-operation';
import { lockClaimedOperation, moveOperation, writeOperation } from './write-operation';
import { writeStep } from './write-step';

const { PENDING, RUNNING } = OperationState;

/** Claims without a result or a fault after which an operation is a poison message. */
const MAX_CLAIMS = 10;

/** Whether an operation was claimed too often without a result or a fault: a bug, or a process that is killed each time. */
export const exceededClaims = ({ claims }: ProvisioningOperation) => claims > MAX_CLAIMS;

/** Fails a poison message. Reads only the operation and its steps: reading the rest may be the cause. */
export function failPoisonMessage(db: Database, operation: ProvisioningOperation): Promise<void> {
  const message = `The gateway could not carry this step on; its log says why under ${operation.trackId}`;
  const fault = new ProviderFault('OUTCOME_UNKNOWN', message, { retryable: true });
  return db.transaction(async tx => {
    await lockClaimedOperation(tx, operation);
    const step = (await findSteps(tx, operation.id)).find(({ position }) => position === operation.position);
    if (!step) throw new Error(`${operation.id} has no step at ${operation.position}`);
    const running =
      operation.state === PENDING
        ? await writeOperation(tx, moveOperation(tx, operation, RUNNING), { leaseMs: 1000 })
        : operation;
    const stopped = `${step.name} was stopped as a poison message.`;
    const started =
      step.state === StepState.PENDING
        ? await writeStep(
            tx,
            operation,
            step,
            { state: StepState.RUNNING, startedAt: currentTime() },
            stopped,
          )
        : step;
    await failOperation(tx, running, started, fault, 'Retry it when the reason is removed.');
  });
}
