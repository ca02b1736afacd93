import type { Database, Transaction } from '../database';
import { OperationState, type OperationStep, StepState } from '../entities';
import { Fenced, stillHeld } from '../jobs';
import { type Job, loadJob } from './job';
import { OPERATIONS } from './operations';
import { lockSubject, settleOrder } from './order-outcome';
import { steps } from './steps';
import { type Due, noError, writeOperation, writeStep } from './write';

const { PENDING, RUNNING, SUCCEEDED } = OperationState;

/** How soon, at the earliest, an operation looks again whether another has finished with an account that both need. */
const LATER_MS = 250;

/** A step that was called, and what the call gave. */
export interface Called {
  result: unknown;
}

/**
 * One transaction that takes an operation as far as it goes without a call: writes the result of the step that was
 * called, then walks over what needs no call to the next step that does, and writes that it is running. So the intent of
 * a call is committed before the call, and its result together with the next intent. Resolves to the step to call now;
 * undefined when there is nothing (more) to do.
 */
export async function walk(db: Database, job: Job, called?: Called): Promise<OperationStep | undefined> {
  try {
    const end = await db.transaction(tx => walkIn(tx, job, called));
    Object.assign(job.operation, { state: end.state, position: end.position });
    if (end.started) job.steps[end.position] = end.started;
    return end.started;
  } catch (error) {
    if (!(error instanceof Fenced)) throw error;
    return written(db, job, error);
  }
}

/**
 * A COMMIT whose answer is lost is begun again, and then finds its own work done: fenced, though the claim still holds.
 * What stands in the rows is the truth, and where that is the intent of a call, the call is next.
 */
async function written(db: Database, job: Job, fenced: Fenced): Promise<OperationStep> {
  const operation = await stillHeld(db, OPERATIONS, job.operation);
  if (!operation) throw fenced;
  const before = job.steps[operation.position];
  const now = await loadJob(db, operation, job);
  const step = now.steps[operation.position];
  const isNew =
    step?.state === StepState.RUNNING && (step.attempts !== before?.attempts || step.ticket !== null);
  if (!isNew) throw fenced;
  Object.assign(job, now);
  return step;
}

async function walkIn(tx: Transaction, job: Job, called?: Called) {
  const { operation } = job;
  await lockSubject(tx, operation);
  if (operation.state === PENDING) {
    const { position } = operation;
    await writeOperation(tx, operation, PENDING, { state: RUNNING, position, due: job });
  }
  const { position, due, started } = await passSteps(tx, job, called);
  const state = position === job.steps.length ? SUCCEEDED : RUNNING;
  await writeOperation(tx, operation, RUNNING, { state, position, due });
  if (state === SUCCEEDED) await settleOrder(tx, operation);
  return { state, position, started };
}

interface Stop {
  position: number;
  due: Due;
  /** The step that a call is to be made for, as it is written. */
  started?: OperationStep;
}

async function passSteps(tx: Transaction, job: Job, called?: Called): Promise<Stop> {
  const current = job.operation.position;
  for (const step of job.steps.filter(({ position }) => position >= current)) {
    const { position } = step;
    const isCalled = called && position === current;
    const entry = isCalled ? 'called' : step.ticket ? 'call' : await steps[step.name].enter(tx, job);
    if (entry === 'later') return { position, due: { inMs: LATER_MS * (1 + Math.random()) } };
    if (entry === 'call') return { position, due: job, started: await start(tx, job, step) };
    await pass(tx, job, step, entry === 'skip', called?.result);
  }
  return { position: job.steps.length, due: 'never' };
}

async function pass(
  tx: Transaction,
  job: Job,
  step: OperationStep,
  skip: boolean,
  result: unknown,
): Promise<void> {
  if (!skip) await steps[step.name].settle?.(tx, job, result);
  const state = skip ? StepState.SKIPPED : StepState.SUCCEEDED;
  const change = { state, finishedAt: new Date(), nextAttemptAt: null, ticket: null, ...noError };
  const words = skip ? 'is not needed.' : 'is done.';
  await writeStep(tx, job.operation, step, change, `${step.name} ${words}`);
}

/** Writes that a call is about to be made. To ask after work that was accepted is none, and changes nothing. */
async function start(tx: Transaction, job: Job, step: OperationStep): Promise<OperationStep> {
  if (step.ticket) return asking(tx, job, step);
  const from = step.state === StepState.RUNNING ? await interrupted(tx, job, step) : step;
  const attempts = step.attempts + 1;
  const startedAt = step.startedAt ?? new Date();
  const change = { state: StepState.RUNNING, attempts, startedAt, nextAttemptAt: null };
  return writeStep(tx, job.operation, from, change, `${step.name} is running, attempt ${attempts}.`);
}

/** A step that was set back while its work went on at the provider is running again, as that work never stopped. */
async function asking(tx: Transaction, job: Job, step: OperationStep): Promise<OperationStep> {
  if (step.state === StepState.RUNNING) return step;
  const startedAt = step.startedAt ?? new Date();
  const change = { state: StepState.RUNNING, startedAt, nextAttemptAt: null };
  return writeStep(tx, job.operation, step, change, `${step.name} is asked after at the provider.`);
}

/** A step found running was left by a worker that is gone; what became of its call nobody knows. */
function interrupted(tx: Transaction, job: Job, step: OperationStep): Promise<OperationStep> {
  const words = `${step.name} was interrupted; it is tried again.`;
  return writeStep(tx, job.operation, step, { state: StepState.RETRYING }, words);
}
