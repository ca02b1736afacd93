import type { Transaction } from '../database';
import { OperationState, type OperationStep, type ProvisioningOperation } from '../entities';
import type { NextDue, Progress } from '../store';
import { draftOf, type Job } from './job';
import { settleOrders } from './order-outcome';
import { endStep, startCall } from './step-transitions';
import { steps } from './steps';
import { moveOperation, writeOperations } from './write-operation';
import { writeSteps } from './write-step';

const { PENDING, RUNNING, SUCCEEDED } = OperationState;

/** Minimum delay before an operation checks again for an account that another operation is synchronizing. */
const ACCOUNT_BUSY_MS = 250;

/** Result of the call of the current step. */
export interface CallResult {
  result: unknown;
}

/** Operation to advance, with the result of the call of its current step if there was one. */
export interface Walk {
  job: Job;
  called?: CallResult | undefined;
}

/** End of a walk. */
export interface WalkEnd {
  /** Job with what the walk has changed. */
  job: Job;
  position: number;
  due: NextDue;
  walked: OperationStep[];
  /** True if the step at `position` has a call to make now. */
  hasCall?: boolean;
}

/**
 * Advances operations to their next calls: writes the result of the current step's call, passes the steps that need no call,
 * and writes the intent of the next call. So an intent is committed before its call, and a result together with the next
 * intent. The operations are locked, and no two of them belong to one order. `job` stays as it is, for a transaction that is
 * not committed.
 */
export async function walkLocked(tx: Transaction, walks: readonly Walk[]): Promise<WalkEnd[]> {
  const ends: WalkEnd[] = [];
  const moved: Progress[] = [];
  for (const { job, called } of walks) {
    const { operation } = job;
    const running = operation.state === PENDING ? moveOperation(tx, operation, RUNNING) : operation;
    const end = await walkSteps(tx, draftOf(job), called);
    const isDone = end.position === job.steps.length;
    ends.push(end);
    moved.push({ ...end, operation: isDone ? moveOperation(tx, running, SUCCEEDED) : running });
  }
  await writeSteps(
    tx,
    ends.flatMap(({ job, walked }) => walked.filter((step, index) => step !== job.steps[index])),
  );
  const written = await writeOperations(tx, moved);
  await settleOrders(
    tx,
    written.filter(({ state }) => state === SUCCEEDED),
  );
  for (const [index, { job }] of ends.entries()) job.operation = written[index] as ProvisioningOperation;
  return ends;
}

async function walkSteps(tx: Transaction, job: Job, called?: CallResult): Promise<WalkEnd> {
  const walked = [...job.steps];
  for (let { position } = job.operation; ; position += 1) {
    const step = walked[position];
    if (!step) return { job, position, due: 'never', walked };
    const result = position === job.operation.position ? called : undefined;
    const entry = result ? 'settle' : await enterStep(tx, job, step);
    if (entry === 'wait') {
      const inMs = ACCOUNT_BUSY_MS * (1 + Math.random());
      return { job, position, due: { inMs }, walked };
    }
    if (entry === 'call') {
      walked[position] = startCall(tx, job.operation, step);
      return { job, position, due: { leaseMs: job.leaseMs }, walked, hasCall: true };
    }
    if (entry !== 'skip') await steps[step.name].settle?.(tx, job, result?.result);
    walked[position] = endStep(tx, job.operation, step, entry === 'skip');
  }
}

/** Entry of a step. One with a ticket is called again, to poll. */
const enterStep = (tx: Transaction, job: Job, step: OperationStep) =>
  step.ticket ? 'call' : steps[step.name].enter(tx, job);
