import type { Database } from '../database';
import { CloudSubscription, OperationState, type OperationStep, StepState, SyncState } from '../entities';
import type { Job } from './job';
import { lockOrder, settleOrder } from './order-outcome';
import type { ProviderFault } from './provider/port';
import type { RetryPolicy } from './retry-policy';
import { steps } from './steps';
import { writeOperation, writeStep } from './write';

/** Writes what a failed call leads to: another attempt later, or the end of the operation until a person retries it. */
export async function recordFault(
  db: Database,
  job: Job,
  step: OperationStep,
  fault: ProviderFault,
  policy: RetryPolicy,
): Promise<void> {
  const delayMs = fault.retryable ? policy.delayMs(step.attempts, step.startedAt) : undefined;
  if (delayMs === undefined) await stop(db, job, step, fault);
  else await postpone(db, job, step, fault, delayMs);
}

function errorOf(fault: ProviderFault) {
  return {
    errorCode: fault.code,
    errorMessage: fault.message.slice(0, 1000),
    errorProviderCode: fault.providerCode ?? null,
  } as const;
}

function postpone(
  db: Database,
  job: Job,
  step: OperationStep,
  fault: ProviderFault,
  inMs: number,
): Promise<void> {
  const { operation } = job;
  return db.transaction(async tx => {
    const { state, position } = operation;
    await writeOperation(tx, operation, state, { state, position, due: { inMs } });
    await writeStep(
      tx,
      operation,
      step,
      { state: StepState.RETRYING, nextAttemptAt: new Date(Date.now() + inMs), ...errorOf(fault) } as never,
      `${step.name} is tried again: ${fault.message}`.slice(0, 1000),
    );
  });
}

function stop(db: Database, job: Job, step: OperationStep, fault: ProviderFault): Promise<void> {
  const { operation, subscription } = job;
  return db.transaction(async tx => {
    await lockOrder(tx, operation);
    await tx.update(
      CloudSubscription,
      { syncState: SyncState.FAILED },
      't.id = ?',
      [subscription.id],
      't.version = t.version + 1',
    );
    await writeStep(
      tx,
      operation,
      step,
      { state: StepState.FAILED, finishedAt: new Date(), nextAttemptAt: null, ...errorOf(fault) } as never,
      `${step.name} has failed: ${fault.message}`.slice(0, 1000),
    );
    await writeOperation(tx, operation, operation.state, {
      state: OperationState.FAILED,
      position: operation.position,
      due: 'never',
    });
    await steps[step.name].abandon?.(tx, job, fault);
    await settleOrder(tx, operation);
  });
}
