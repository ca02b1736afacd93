import type { Catalog } from '../catalog';
import type { Database, Transaction } from '../database';
import { OperationState, type OperationStep, StepState } from '../entities';
import { Fenced, findClaimed } from '../jobs';
import type { NextDue } from '../store';
import { type Job, loadJob } from './job';
import { OPERATIONS } from './job-table';
import { settleOrder } from './order-outcome';
import { endStep, startCall } from './step-transitions';
import { steps } from './steps';
import { lockClaimedOperation, moveOperation, writeOperation } from './write-operation';
import { writeSteps } from './write-step';

const { PENDING, RUNNING, SUCCEEDED } = OperationState;

/** Minimum delay before an operation checks again for an account that another operation is synchronizing. */
const ACCOUNT_BUSY_MS = 250;

/** Dependencies of a walk. */
interface WalkContext {
  db: Database;
  catalog: Catalog;
}

/** Result of the call of the current step. */
export interface CallResult {
  result: unknown;
}

/**
 * Advances an operation to its next call, in one transaction: writes the result of the current step's call, passes the
 * steps that need no call, and writes the intent of the next call. So an intent is committed before its call, and a result
 * together with the next intent. Resolves to the step to call, or undefined when there is nothing to call now.
 */
export async function walk(
  context: WalkContext,
  job: Job,
  called?: CallResult,
): Promise<OperationStep | undefined> {
  try {
    const { state, position, walked, hasCall } = await context.db.transaction(tx =>
      walkInTransaction(tx, job, called),
    );
    Object.assign(job.operation, { state, position });
    job.steps = walked;
    return hasCall ? walked[position] : undefined;
  } catch (error) {
    if (!(error instanceof Fenced)) throw error;
    return resumeAfterLostCommit(context, job, error);
  }
}

/**
 * A transaction whose COMMIT succeeded but whose response was lost is repeated, and is then fenced by its own writes. While
 * the claim still holds, the rows decide: if they contain the intent of a new call, that call is next.
 */
async function resumeAfterLostCommit(
  { db, catalog }: WalkContext,
  job: Job,
  fenced: Fenced,
): Promise<OperationStep> {
  const operation = await findClaimed(db, OPERATIONS, job.operation);
  if (!operation) throw fenced;
  const before = job.steps[operation.position];
  const current = await loadJob(db, catalog, operation, job);
  const step = current.steps[operation.position];
  const isNewIntent =
    step?.state === StepState.RUNNING && (step.attempts !== before?.attempts || step.ticket !== null);
  if (!isNewIntent) throw fenced;
  Object.assign(job, current);
  return step;
}

async function walkInTransaction(tx: Transaction, job: Job, called?: CallResult) {
  const { operation } = job;
  await lockClaimedOperation(tx, operation);
  const running = operation.state === PENDING ? moveOperation(tx, operation, RUNNING) : operation;
  const end = await walkSteps(tx, job, called);
  const { position, due } = end;
  const isDone = position === job.steps.length;
  await writeSteps(tx, job.steps, end.walked);
  const { state } = await writeOperation(
    tx,
    isDone ? moveOperation(tx, running, SUCCEEDED) : running,
    due,
    position,
  );
  if (isDone) await settleOrder(tx, operation);
  return { state, ...end };
}

/** End of a walk. */
interface WalkEnd {
  position: number;
  due: NextDue;
  walked: OperationStep[];
  /** Whether the step at `position` has a call to make now. */
  hasCall?: boolean;
}

async function walkSteps(tx: Transaction, job: Job, called?: CallResult): Promise<WalkEnd> {
  const walked = [...job.steps];
  for (let { position } = job.operation; ; position += 1) {
    const step = walked[position];
    if (!step) return { position, due: 'never', walked };
    const result = position === job.operation.position ? called : undefined;
    const entry = result ? 'settle' : await enterStep(tx, job, step);
    if (entry === 'wait') {
      const inMs = ACCOUNT_BUSY_MS * (1 + Math.random());
      return { position, due: { inMs }, walked };
    }
    if (entry === 'call') {
      walked[position] = startCall(tx, job.operation, step);
      return { position, due: { leaseMs: job.leaseMs }, walked, hasCall: true };
    }
    if (entry !== 'skip') await steps[step.name].settle?.(tx, job, result?.result);
    walked[position] = endStep(tx, job.operation, step, entry === 'skip');
  }
}

/** Entry of a step. One with a ticket is called again, to poll. */
const enterStep = (tx: Transaction, job: Job, step: OperationStep) =>
  step.ticket ? 'call' : steps[step.name].enter(tx, job);
