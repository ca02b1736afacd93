import type { Catalog } from '../catalog';
import type { Database } from '../database';
import { type OperationStep, StepState } from '../entities';
import { Fenced, findClaimed, GroupCommit } from '../jobs';
import { lockOperationsAtOnce } from '../store';
import { type Job, loadJob } from './job';
import { OPERATIONS } from './job-table';
import { type CallResult, type Walk, type WalkEnd, walkLocked } from './walk-locked';
import { lockClaimedOperation } from './write-operation';

type Walks = GroupCommit<Walk, WalkEnd>;

const walksOf = new WeakMap<Database, Walks>();

/** Walks of this process, of which several share a transaction. */
function createWalks(db: Database): Walks {
  return new GroupCommit({
    // The outcome of an order is that of all its operations, one after the other.
    keyOf: ({ job: { operation } }) => operation.orderId ?? operation.id,
    together: walks =>
      db.transactionOnce(async tx => {
        const operations = walks.map(({ job }) => job.operation);
        const held = await lockOperationsAtOnce(tx, operations);
        const locked = walks.filter(({ job }) => held.has(job.operation.id));
        const ends = await walkLocked(tx, locked);
        return new Map(locked.map((walk, index) => [walk, ends[index] as WalkEnd]));
      }),
    alone: walk =>
      db.transaction(async tx => {
        await lockClaimedOperation(tx, walk.job.operation);
        const [end] = await walkLocked(tx, [walk]);
        return end as WalkEnd;
      }),
  });
}

/** Dependencies of a walk. */
interface WalkContext {
  db: Database;
  catalog: Catalog;
}

/**
 * Advances an operation (see `walk-locked.ts`), alone or together with others of this process. Resolves to the step to call, or
 * undefined when there is nothing to call now.
 */
export async function walk(
  context: WalkContext,
  job: Job,
  called?: CallResult,
): Promise<OperationStep | undefined> {
  const walks = walksOf.get(context.db) ?? createWalks(context.db);
  walksOf.set(context.db, walks);
  try {
    const { job: changed, position, walked, hasCall } = await walks.run({ job, called });
    Object.assign(job, changed, { steps: walked });
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
