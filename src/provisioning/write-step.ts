import type { Transaction } from '../database';
import { OperationState, OperationStep, type ProvisioningOperation, type StepState } from '../entities';
import { record } from '../events';
import { Fenced } from '../jobs';
import { canMove, stepMachine } from '../policies';
import { aboutOperation } from './write';

/** What a transaction makes of a step. */
export type StepChange = { state: StepState } & Partial<
  Omit<OperationStep, 'operationId' | 'position' | 'name'>
>;

/** What a step that met no fault, or whose fault is over, says of faults. */
export const noError = { errorCode: null, errorMessage: null, errorProviderCode: null };

/** What is ever written of a step. */
const WRITTEN = [
  'state',
  'attempts',
  'startedAt',
  'finishedAt',
  'nextAttemptAt',
  'ticket',
  'errorCode',
  'errorMessage',
  'errorProviderCode',
] as const;

/** Tells what becomes of a step of a running operation, and gives it as it is then; `writeSteps` writes it. */
export function changeStep(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  change: StepChange,
  message: string,
): OperationStep {
  if (!canMove(stepMachine, step.state, change.state)) {
    throw new Error(`${step.name} cannot go from ${step.state} to ${change.state}`);
  }
  tellStep(tx, operation, step, change.state, message);
  return Object.assign(new OperationStep(), step, change);
}

/**
 * Writes what has become of the steps `before`, all that have changed in one statement, only while each is as it says
 * there; throws `Fenced` otherwise.
 */
export async function writeSteps(
  tx: Transaction,
  before: readonly OperationStep[],
  after: readonly OperationStep[],
): Promise<void> {
  const changed = after.filter((step, index) => step !== before[index]);
  const [first] = changed;
  if (!first) return;
  const asRead = before.filter((step, index) => step !== after[index]);
  const cases = `CASE position ${changed.map(() => 'WHEN ? THEN ?').join(' ')} END`;
  const written = await tx.execute(
    `UPDATE steps SET ${WRITTEN.map(column => `${column} = ${cases}`).join(', ')}
     WHERE operationId = ? AND (${asRead.map(() => '(position = ? AND state = ? AND attempts = ?)').join(' OR ')})`,
    [
      ...WRITTEN.flatMap(column => changed.flatMap(step => [step.position, step[column]])),
      first.operationId,
      ...asRead.flatMap(({ position, state, attempts }) => [position, state, attempts]),
    ],
  );
  if (written === changed.length) return;
  const names = asRead.map(({ name, state }) => `${name} ${state}`);
  throw new Fenced(`${first.operationId}: no longer as it was read: ${names.join(', ')}`);
}

/** Tells what becomes of one step, and writes it. Resolves to the step as it is now. */
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

/** Writes what to ask the provider with about a running step, and tells once that it has accepted the work. */
export async function writeTicket(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  ticket: string,
): Promise<void> {
  await writeSteps(tx, [step], [Object.assign(new OperationStep(), step, { ticket, ...noError })]);
  if (step.ticket !== null) return;
  const words = `${step.name} is accepted; the provider works on it.`;
  tellStep(tx, operation, step, step.state, words);
}

function tellStep(
  tx: Transaction,
  operation: ProvisioningOperation,
  step: OperationStep,
  stepState: StepState,
  message: string,
): void {
  record(tx, {
    type: 'step.changed',
    message: message.slice(0, 1000),
    ...aboutOperation(operation),
    data: { operationState: OperationState.RUNNING, step: step.name, stepState },
  });
}
