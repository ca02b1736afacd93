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
import { type RetryPolicy, respectRetryAfter } from '../jobs';
import type { ProviderFault } from '../providers';
import { transition } from '../store';
import { releaseAccounts } from './account-claims';
import { settleOrders } from './order-outcome';
import { errorColumns, retryLater } from './reschedule';
import { steps } from './steps';
import { lockClaimedOperation, moveOperation, writeOperation } from './write-operation';
import { writeStep } from './write-step';

/** Schedules a retry, or fails the operation after a permanent fault or at the limit. Resolves to whether it failed. */
export async function recordFault(
  db: Database,
  operation: ProvisioningOperation,
  step: OperationStep,
  fault: ProviderFault,
  policy: RetryPolicy,
): Promise<boolean> {
  const policyMs = step.ticket
    ? policy.pollDelayMs(step.startedAt)
    : policy.delayMs(step.attempts, step.startedAt);
  const delayMs = fault.retryable ? policyMs : undefined;
  if (delayMs !== undefined) {
    await retryLater(db, operation, step, fault, respectRetryAfter(delayMs, fault.retryAfterMs));
    return false;
  }
  await db.transaction(async tx => {
    await lockClaimedOperation(tx, operation);
    await failOperation(tx, operation, step, fault, remedyOf(step, fault));
  });
  return true;
}

/** Fails an operation whose rows are locked, and its order. It stays FAILED until it is retried or abandoned. */
export async function failOperation(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  fault: ProviderFault,
  remedy: string,
): Promise<void> {
  const error = errorColumns(fault, `${fault.message}. ${remedy}`);
  await transition(tx, CloudSubscription, operation.subscriptionId, { syncState: SyncState.FAILED });
  // A manual retry polls work that may still finish, and repeats the call of work that has failed.
  const ticket = fault.retryable ? step.ticket : null;
  const change = {
    state: StepState.FAILED,
    finishedAt: currentTime(),
    nextAttemptAt: null,
    ticket,
    ...error,
  };
  await writeStep(tx, operation, step, change, `${step.name} has failed: ${error.errorMessage}`);
  // After the step's event, which says that the operation is running.
  await writeOperation(tx, moveOperation(tx, operation, OperationState.FAILED), 'never');
  await releaseAccounts(tx, operation, error);
  await settleOrders(tx, [operation]);
}

/** Sentence that tells the operator how to resolve a step that is not retried automatically. */
function remedyOf(step: OperationStep, fault: ProviderFault): string {
  if (fault.code === 'REJECTED')
    return `${steps[step.name].remedy ?? 'Settle it with the provider'}, then retry.`;
  if (!fault.retryable) return 'Retry it when that is corrected.';
  if (step.ticket) return 'Given up waiting; retry it to ask again.';
  const times = step.attempts === 1 ? 'one attempt' : `${step.attempts} attempts`;
  return `Given up after ${times}; retry it when the provider works again.`;
}
