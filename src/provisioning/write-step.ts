import type { Transaction } from '../database';
import { OperationState, OperationStep, type ProvisioningOperation, type StepState } from '../entities';
import type { NewEvent } from '../events';
import { Fenced } from '../jobs';
import { advance, writeSteps as write } from '../store';
import { aboutOperation } from './write';

/** A move of a step. */
export type StepChange = { state: StepState } & Partial<
  Omit<OperationStep, 'operationId' | 'position' | 'name'>
>;

/** The error columns of a step that met no fault, or whose fault is over. */
export const noError = { errorCode: null, errorMessage: null, errorProviderCode: null };

/** Moves a step of a running operation in memory, with its event. `writeSteps` writes the result. */
export function changeStep(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  change: StepChange,
  message: string,
): OperationStep {
  return advance(tx, OperationStep, step, change, eventOf(operation, step, change.state, message));
}

/** Writes the steps that changed in one statement, each only while it is as it was read. Throws `Fenced` otherwise. */
export async function writeSteps(
  tx: Transaction,
  before: readonly OperationStep[],
  after: readonly OperationStep[],
): Promise<void> {
  const changed = after.filter((step, index) => step !== before[index]);
  if (await write(tx, changed)) return;
  const names = changed.map(({ operationId, name }) => `${operationId} ${name}`);
  throw new Fenced(`No longer as it was read: ${names.join(', ')}`);
}

/** Moves one step and writes it. Resolves to the step as it is now. */
export async function writeStep(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  change: StepChange,
  message: string,
): Promise<OperationStep> {
  const now = changeStep(tx, operation, step, change, message);
  await writeSteps(tx, [step], [now]);
  return now;
}

/** Writes the ticket of work that the provider has accepted, with one event for the first ticket. */
export async function writeTicket(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  ticket: string,
): Promise<void> {
  const message = `${step.name} is accepted; the provider works on it.`;
  const event = step.ticket === null ? eventOf(operation, step, step.state, message) : undefined;
  await writeSteps(tx, [step], [advance(tx, OperationStep, step, { ticket, ...noError }, event)]);
}

function eventOf(
  operation: ProvisioningOperation,
  step: OperationStep,
  stepState: StepState,
  message: string,
): NewEvent {
  return {
    type: 'step.changed',
    message: message.slice(0, 1000),
    ...aboutOperation(operation),
    data: { operationState: OperationState.RUNNING, step: step.name, stepState },
  };
}
