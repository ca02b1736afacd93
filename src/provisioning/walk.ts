import type { Catalog } from '../catalog';
import { currentTime } from '../clock';
import type { Database, Transaction } from '../database';
import { OperationState, type OperationStep, StepState } from '../entities';
import { Fenced, stillHeld } from '../jobs';
import type { NextDue } from '../store';
import { type Job, loadJob } from './job';
import { OPERATIONS } from './operations';
import { lockSubject, settleOrder } from './order-outcome';
import { steps } from './steps';
import { moveOperation, writeOperation } from './write';
import { changeStep, noError, writeSteps } from './write-step';

const { PENDING, RUNNING, SUCCEEDED } = OperationState;

/** How soon, at the earliest, an operation looks again whether another has finished with an account that both need. */
const LATER_MS = 250;

/** What a walk goes through, and what a job is read again with. */
interface Ground {
  db: Database;
  catalog: Catalog;
}

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
export async function walk(ground: Ground, job: Job, called?: Called): Promise<OperationStep | undefined> {
  try {
    const { state, position, steps, calls } = await ground.db.transaction(tx => walkIn(tx, job, called));
    Object.assign(job.operation, { state, position });
    job.steps = steps;
    return calls ? steps[position] : undefined;
  } catch (error) {
    if (!(error instanceof Fenced)) throw error;
    return written(ground, job, error);
  }
}

/**
 * A COMMIT whose answer is lost is begun again, and then finds its own work done: fenced, though the claim still holds.
 * What stands in the rows is the truth, and where that is the intent of a call, the call is next.
 */
async function written({ db, catalog }: Ground, job: Job, fenced: Fenced): Promise<OperationStep> {
  const operation = await stillHeld(db, OPERATIONS, job.operation);
  if (!operation) throw fenced;
  const before = job.steps[operation.position];
  const now = await loadJob(db, catalog, operation, job);
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
  const running = operation.state === PENDING ? moveOperation(tx, operation, RUNNING) : operation;
  const stop = await passSteps(tx, job, called);
  const { position, due } = stop;
  const isOver = position === job.steps.length;
  await writeSteps(tx, job.steps, stop.steps);
  const { state } = await writeOperation(
    tx,
    isOver ? moveOperation(tx, running, SUCCEEDED) : running,
    due,
    position,
  );
  if (isOver) await settleOrder(tx, operation);
  return { state, ...stop };
}

/** Where a walk ends. */
interface Stop {
  position: number;
  due: NextDue;
  /** What it has made of the steps. */
  steps: OperationStep[];
  /** Whether the step at `position` is to be called now. */
  calls?: boolean;
}

async function passSteps(tx: Transaction, job: Job, called?: Called): Promise<Stop> {
  const now = [...job.steps];
  for (let { position } = job.operation; ; position += 1) {
    const step = now[position];
    if (!step) return { position, due: 'never', steps: now };
    const isCalled = called && position === job.operation.position;
    const entry = isCalled ? 'called' : step.ticket ? 'call' : await steps[step.name].enter(tx, job);
    if (entry === 'later') return { position, due: { inMs: LATER_MS * (1 + Math.random()) }, steps: now };
    if (entry === 'call') {
      now[position] = start(tx, job, step);
      return { position, due: job, steps: now, calls: true };
    }
    now[position] = await pass(tx, job, step, entry === 'skip', called?.result);
  }
}

async function pass(
  tx: Transaction,
  job: Job,
  step: OperationStep,
  skip: boolean,
  result: unknown,
): Promise<OperationStep> {
  if (!skip) await steps[step.name].settle?.(tx, job, result);
  const state = skip ? StepState.SKIPPED : StepState.SUCCEEDED;
  const change = { state, finishedAt: currentTime(), nextAttemptAt: null, ticket: null, ...noError };
  const words = skip ? 'is not needed.' : 'is done.';
  return changeStep(tx, job.operation, step, change, `${step.name} ${words}`);
}

/** A call is about to be made. To ask after work that was accepted is none, and changes nothing. */
function start(tx: Transaction, job: Job, step: OperationStep): OperationStep {
  if (step.ticket) return asking(tx, job, step);
  const from = step.state === StepState.RUNNING ? interrupted(tx, job, step) : step;
  const attempts = step.attempts + 1;
  const startedAt = step.startedAt ?? currentTime();
  const change = { state: StepState.RUNNING, attempts, startedAt, nextAttemptAt: null };
  return changeStep(tx, job.operation, from, change, `${step.name} is running, attempt ${attempts}.`);
}

/** A step that was set back while its work went on at the provider is running again, as that work never stopped. */
function asking(tx: Transaction, job: Job, step: OperationStep): OperationStep {
  if (step.state === StepState.RUNNING) return step;
  const startedAt = step.startedAt ?? currentTime();
  const change = { state: StepState.RUNNING, startedAt, nextAttemptAt: null };
  return changeStep(tx, job.operation, step, change, `${step.name} is asked after at the provider.`);
}

/** A step found running was left by a worker that is gone; what became of its call nobody knows. */
function interrupted(tx: Transaction, job: Job, step: OperationStep): OperationStep {
  const words = `${step.name} was interrupted; it is tried again.`;
  return changeStep(tx, job.operation, step, { state: StepState.RETRYING }, words);
}
