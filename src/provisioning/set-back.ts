import { currentTimeMs } from '../clock';
import type { Database } from '../database';
import {
  type OperationStep,
  ProvisioningErrorCode,
  type ProvisioningOperation,
  StepState,
} from '../entities';
import type { ProviderFault } from './provider/port';
import { writeOperation } from './write';
import { noError, writeStep, writeTicket } from './write-step';

/** Writes that a step is tried again after `inMs`, whatever the bounds say: by this worker or by another. */
export function postpone(
  db: Database,
  operation: ProvisioningOperation,
  step: OperationStep,
  fault: ProviderFault,
  inMs: number,
): Promise<void> {
  const words = `${step.name} is tried again: ${fault.message}`;
  return setBack(db, operation, step, errorOf(fault, fault.message), inMs, words);
}

/** Takes an intent back whose call was not made, so it is no attempt: somebody makes it after `inMs`. */
export function takeBack(
  db: Database,
  operation: ProvisioningOperation,
  step: OperationStep,
  inMs: number,
): Promise<void> {
  const attempts = step.attempts - 1;
  const change = attempts === 0 ? { attempts, startedAt: null } : { attempts };
  return setBack(db, operation, step, change, inMs, `${step.name} was not called yet; it waits.`);
}

/**
 * Lets the provider go on with what it has accepted, and asks again after `inMs`. `ticket` is a new one; without it the
 * step is left as it is. Waiting is no attempt and no fault, so the step stays as it is and nobody is told twice.
 */
export function letWork(
  db: Database,
  operation: ProvisioningOperation,
  step: OperationStep,
  inMs: number,
  ticket?: string,
): Promise<void> {
  return db.transaction(async tx => {
    await writeOperation(tx, operation, { inMs });
    if (ticket !== undefined) await writeTicket(tx, operation, step, ticket);
  });
}

function setBack(
  db: Database,
  operation: ProvisioningOperation,
  step: OperationStep,
  change: Partial<OperationStep>,
  inMs: number,
  words: string,
): Promise<void> {
  const nextAttemptAt = new Date(currentTimeMs() + inMs);
  return db.transaction(async tx => {
    await writeOperation(tx, operation, { inMs });
    await writeStep(tx, operation, step, { ...change, state: StepState.RETRYING, nextAttemptAt }, words);
  });
}

/** A fault as a step shows it, in these words. */
export function errorOf(fault: ProviderFault, words: string) {
  return {
    ...noError,
    errorCode: ProvisioningErrorCode[fault.code],
    errorMessage: words.slice(0, 1000),
    errorProviderCode: fault.providerCode ?? null,
  };
}
