import { currentTimeMs } from '../clock';
import type { Database } from '../database';
import {
  type OperationStep,
  ProvisioningErrorCode,
  type ProvisioningOperation,
  StepState,
} from '../entities';
import type { ProviderFault } from '../providers';
import { writeOperation } from './write-operation';
import { NO_ERROR, writeStep, writeTicket } from './write-step';

/** Schedules another attempt in `delayMs` milliseconds. Does not check the retry limit. */
export function retryLater(
  db: Database,
  operation: ProvisioningOperation,
  step: OperationStep,
  fault: ProviderFault,
  delayMs: number,
): Promise<void> {
  const message = `${step.name} is tried again: ${fault.message}`;
  return reschedule(db, operation, step, errorColumns(fault, fault.message), delayMs, message);
}

/** Reverts the intent of a call that was not made. Does not count as an attempt. */
export function revertIntent(
  db: Database,
  operation: ProvisioningOperation,
  step: OperationStep,
  delayMs: number,
  reason: string,
): Promise<void> {
  const attempts = step.attempts - 1;
  const change = attempts === 0 ? { attempts, startedAt: null } : { attempts };
  return reschedule(db, operation, step, change, delayMs, `${step.name} is waiting: ${reason}.`);
}

/** Schedules the next poll. The step stays RUNNING; only the first ticket emits an event. Pass only a new `ticket`. */
export function pollLater(
  db: Database,
  operation: ProvisioningOperation,
  step: OperationStep,
  delayMs: number,
  ticket?: string,
): Promise<void> {
  return db.transaction(async tx => {
    await writeOperation(tx, operation, { inMs: delayMs });
    if (ticket !== undefined) await writeTicket(tx, operation, step, ticket);
  });
}

function reschedule(
  db: Database,
  operation: ProvisioningOperation,
  step: OperationStep,
  change: Partial<OperationStep>,
  delayMs: number,
  message: string,
): Promise<void> {
  const nextAttemptAt = new Date(currentTimeMs() + delayMs);
  return db.transaction(async tx => {
    await writeOperation(tx, operation, { inMs: delayMs });
    await writeStep(tx, operation, step, { ...change, state: StepState.RETRYING, nextAttemptAt }, message);
  });
}

/** Error columns of a step that met `fault`. The message is cut to 1,000 characters. */
export function errorColumns(fault: ProviderFault, message: string) {
  return {
    ...NO_ERROR,
    errorCode: ProvisioningErrorCode[fault.code],
    errorMessage: message.slice(0, 1000),
    errorProviderCode: fault.providerCode ?? null,
  };
}
