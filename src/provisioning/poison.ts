import { currentTime } from '../clock';
import type { Database } from '../database';
import { OperationState, type ProvisioningOperation, StepState } from '../entities';
import { findSteps } from '../store';
import { stop } from './give-up';
import { lockSubject } from './order-outcome';
import { ProviderFault } from './provider/port';
import { moveOperation, writeOperation } from './write';
import { writeStep } from './write-step';

const { PENDING, RUNNING } = OperationState;

/** Claims after which an operation that never gets on is stopped. */
const MOST_CLAIMS = 10;

/** Whether carrying `operation` out has ended too often with neither a result nor a fault: a bug, or what kills a process. */
export const leadsNowhere = ({ claims }: ProvisioningOperation) => claims > MOST_CLAIMS;

/**
 * Stops an operation that is a poison message, so that it is not claimed forever. It needs nothing but the operation and
 * its steps, for reading the rest may be what goes wrong. The reason is masked: the log has it under the track id.
 */
export function stopPoisoned(db: Database, operation: ProvisioningOperation): Promise<void> {
  const words = `The gateway could not carry this step on; its log says why under ${operation.trackId}`;
  const fault = new ProviderFault('OUTCOME_UNKNOWN', words, { retryable: true });
  return db.transaction(async tx => {
    await lockSubject(tx, operation);
    const step = (await findSteps(tx, operation.id)).find(({ position }) => position === operation.position);
    if (!step) throw new Error(`${operation.id} has no step at ${operation.position}`);
    const running =
      operation.state === PENDING
        ? await writeOperation(tx, moveOperation(tx, operation, RUNNING), { leaseMs: 1000 })
        : operation;
    const words = `${step.name} was stopped as a poison message.`;
    const began =
      step.state === StepState.PENDING
        ? await writeStep(tx, operation, step, { state: StepState.RUNNING, startedAt: currentTime() }, words)
        : step;
    await stop(tx, running, began, fault, 'Retry it when the reason is removed.');
  });
}
