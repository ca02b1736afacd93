import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { type OperationStep, type ProvisioningOperation, StepState } from '../entities';
import { moveStep, NO_ERROR } from './write-step';

/** Ends a step as SUCCEEDED or SKIPPED. */
export function endStep(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  isSkipped: boolean,
): OperationStep {
  const state = isSkipped ? StepState.SKIPPED : StepState.SUCCEEDED;
  const change = { state, finishedAt: currentTime(), nextAttemptAt: null, ticket: null, ...NO_ERROR };
  const message = `${step.name} ${isSkipped ? 'is not needed.' : 'is done.'}`;
  return moveStep(tx, operation, step, change, message);
}

/** Writes the intent of a call and counts an attempt. A poll does not count as an attempt. */
export function startCall(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
): OperationStep {
  if (step.ticket) return resumePolling(tx, operation, step);
  const from = step.state === StepState.RUNNING ? markInterrupted(tx, operation, step) : step;
  const attempts = step.attempts + 1;
  const startedAt = step.startedAt ?? currentTime();
  const change = { state: StepState.RUNNING, attempts, startedAt, nextAttemptAt: null };
  return moveStep(tx, operation, from, change, `${step.name} is running, attempt ${attempts}.`);
}

/** Moves a step with a ticket back to RUNNING after a failed poll or a manual retry: the accepted work never stopped. */
function resumePolling(tx: Transaction, operation: ProvisioningOperation, step: OperationStep) {
  if (step.state === StepState.RUNNING) return step;
  const startedAt = step.startedAt ?? currentTime();
  const change = { state: StepState.RUNNING, startedAt, nextAttemptAt: null };
  return moveStep(tx, operation, step, change, `${step.name} is polled at the provider.`);
}

/** A worker that stopped without writing a result left the step RUNNING. The outcome of its call is unknown. */
function markInterrupted(tx: Transaction, operation: ProvisioningOperation, step: OperationStep) {
  const message = `${step.name} was interrupted; it is tried again.`;
  return moveStep(tx, operation, step, { state: StepState.RETRYING }, message);
}
