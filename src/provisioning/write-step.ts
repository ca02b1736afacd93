import type { Transaction } from '../database';
import { OperationState, OperationStep, type ProvisioningOperation, type StepState } from '../entities';
import type { NewEvent } from '../events';
import { Fenced } from '../jobs';
import { advance, writeSteps as storeSteps } from '../store';
import { operationReferences } from './write-operation';

/** New state of a step, with other columns to change. */
export type StepChange = { state: StepState } & Partial<
  Omit<OperationStep, 'operationId' | 'position' | 'name'>
>;

/** Error columns of a step without a fault. */
export const NO_ERROR = { errorCode: null, errorMessage: null, errorProviderCode: null };

/** Moves a step to its next state in memory and records its event. `writeSteps` writes the result. */
export function moveStep(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  change: StepChange,
  message: string,
): OperationStep {
  return advance(tx, OperationStep, step, change, eventOf(operation, step, change.state, message));
}

/** Writes moved steps in one statement. Throws `Fenced` when one was changed by another transaction since it was read. */
export async function writeSteps(tx: Transaction, moved: readonly OperationStep[]): Promise<void> {
  if (await storeSteps(tx, moved)) return;
  const names = moved.map(({ operationId, name }) => `${operationId} ${name}`);
  throw new Fenced(`Changed by another transaction: ${names.join(', ')}`);
}

/** Moves one step and writes it. Resolves to the written step. */
export async function writeStep(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  change: StepChange,
  message: string,
): Promise<OperationStep> {
  const moved = moveStep(tx, operation, step, change, message);
  await writeSteps(tx, [moved]);
  return moved;
}

/** Writes the ticket of work that the provider has accepted. Emits an event for the first ticket only. */
export async function writeTicket(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  ticket: string,
): Promise<void> {
  const message = `${step.name} is accepted; the provider works on it.`;
  const event = step.ticket === null ? eventOf(operation, step, step.state, message) : undefined;
  await writeSteps(tx, [advance(tx, OperationStep, step, { ticket, ...NO_ERROR }, event)]);
}

function eventOf(
  operation: ProvisioningOperation,
  step: OperationStep,
  stepState: StepState,
  message: string,
): NewEvent {
  return {
    type: 'step.changed',
    message,
    ...operationReferences(operation),
    data: { operationState: OperationState.RUNNING, step: step.name, stepState },
  };
}
