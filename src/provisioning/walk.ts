import type { Database, Transaction } from '../database';
import { OperationState, OperationStep, StepState } from '../entities';
import type { Job } from './job';
import { lockOrder, settleOrder } from './order-outcome';
import { steps } from './steps';
import { type Due, writeOperation, writeStep } from './write';

const { PENDING, RUNNING, SUCCEEDED } = OperationState;

/** How soon an operation looks again whether another one has finished with an account that both need. */
const LATER_MS = 50;

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
  const end = await db.transaction(tx => walkIn(tx, job, called));
  Object.assign(job.operation, { state: end.state, position: end.position });
  if (end.started) job.steps[end.position] = end.started;
  return end.started;
}

async function walkIn(tx: Transaction, job: Job, called?: Called) {
  const { operation } = job;
  await lockOrder(tx, operation);
  if (operation.state === PENDING) {
    await writeOperation(tx, operation, PENDING, {
      state: RUNNING,
      position: operation.position,
      due: 'lease',
    });
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
  const from = job.operation.position;
  for (const step of job.steps.slice(from)) {
    const { position } = step;
    const entry = called && position === from ? 'called' : await steps[step.name].enter(tx, job);
    if (entry === 'later') return { position, due: { inMs: LATER_MS } };
    if (entry === 'call') return { position, due: 'lease', started: await start(tx, job, step) };
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
  await writeStep(
    tx,
    job.operation,
    step,
    {
      state: skip ? StepState.SKIPPED : StepState.SUCCEEDED,
      finishedAt: new Date(),
      nextAttemptAt: null,
      errorCode: null,
      errorMessage: null,
      errorProviderCode: null,
    },
    skip ? `${step.name} is not needed.` : `${step.name} is done.`,
  );
}

/** Writes that a call is about to be made. A step found running was left by a worker that is gone. */
async function start(tx: Transaction, job: Job, step: OperationStep): Promise<OperationStep> {
  let from = step;
  if (step.state === StepState.RUNNING) {
    from = Object.assign(new OperationStep(), step, { state: StepState.RETRYING });
    await writeStep(
      tx,
      job.operation,
      step,
      { state: from.state },
      `${step.name} was interrupted; it is tried again.`,
    );
  }
  const change = {
    state: StepState.RUNNING,
    attempts: step.attempts + 1,
    startedAt: step.startedAt ?? new Date(),
    nextAttemptAt: null,
  };
  await writeStep(tx, job.operation, from, change, `${step.name} is running, attempt ${change.attempts}.`);
  return Object.assign(new OperationStep(), step, change);
}
