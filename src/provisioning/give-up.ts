import { currentTime } from '../clock';
import type { Database, Transaction } from '../database';
import {
  CloudSubscription,
  OperationState,
  type OperationStep,
  type ProvisioningOperation,
  StepState,
  SyncState,
} from '../entities';
import { notBefore, type RetryPolicy } from '../jobs';
import { transition } from '../store';
import { releaseAccounts } from './accounts';
import { lockSubject, settleOrder } from './order-outcome';
import type { ProviderFault } from './provider/port';
import { errorOf, postpone } from './set-back';
import { steps } from './steps';
import { moveOperation, writeOperation } from './write';
import { writeStep } from './write-step';

/**
 * Writes what a failed call leads to: another attempt later, or the end of the operation until a person retries it.
 * Resolves to whether it was the end.
 */
export async function recordFault(
  db: Database,
  operation: ProvisioningOperation,
  step: OperationStep,
  fault: ProviderFault,
  policy: RetryPolicy,
): Promise<boolean> {
  const again = step.ticket ? policy.pollMs(step.startedAt) : policy.delayMs(step.attempts, step.startedAt);
  const inMs = fault.retryable ? again : undefined;
  if (inMs !== undefined) {
    await postpone(db, operation, step, fault, notBefore(inMs, fault.retryAfterMs));
    return false;
  }
  await db.transaction(async tx => {
    await lockSubject(tx, operation);
    await stop(tx, operation, step, fault, advice(step, fault));
  });
  return true;
}

/** Stops an operation whose rows are locked, with its order, until a person retries it. */
export async function stop(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  fault: ProviderFault,
  whatToDo: string,
): Promise<void> {
  const error = errorOf(fault, `${fault.message}. ${whatToDo}`);
  await transition(tx, CloudSubscription, operation.subscriptionId, { syncState: SyncState.FAILED });
  await writeOperation(tx, moveOperation(tx, operation, OperationState.FAILED), 'never');
  // Work that may still be done is asked after again when a person retries; work that has failed is called for anew.
  const ticket = fault.retryable ? step.ticket : null;
  const change = {
    state: StepState.FAILED,
    finishedAt: currentTime(),
    nextAttemptAt: null,
    ticket,
    ...error,
  };
  await writeStep(tx, operation, step, change, `${step.name} has failed: ${error.errorMessage}`);
  await releaseAccounts(tx, operation, error);
  await settleOrder(tx, operation);
}

/** What a person can do about a step that is not tried again by itself. */
function advice(step: OperationStep, fault: ProviderFault): string {
  if (fault.code === 'REJECTED')
    return `${steps[step.name].remedy ?? 'Settle it with the provider'}, then retry.`;
  if (!fault.retryable) return 'Retry it when that is corrected.';
  if (step.ticket) return 'Given up waiting; retry it to ask again.';
  const times = step.attempts === 1 ? 'one attempt' : `${step.attempts} attempts`;
  return `Given up after ${times}; retry it when the provider works again.`;
}
