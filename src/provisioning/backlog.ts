import type { Session } from '../database';
import { OperationState } from '../entities';
import type { Actor } from '../policies';
import { type BacklogRow, readBacklogRows } from '../store';

/** States of an unfinished operation. */
const UNFINISHED = [OperationState.PENDING, OperationState.RUNNING, OperationState.FAILED];

/** Number and age of the unfinished operations in one state. */
export interface UnfinishedOperations {
  state: OperationState;
  count: number;
  /** Age of the oldest, in seconds. A failed operation ages from its failure. 0 without one. */
  oldestSeconds: number;
}

/** Unfinished operations of one provider. */
export interface ProviderBacklog {
  /** Number of operations that are PENDING or RUNNING. */
  open: number;
  /** Number of those whose last attempt failed and which are retried. */
  retrying: number;
  failed: number;
  /** Longest time for which an operation has been due and not claimed, in seconds. */
  overdueSeconds: number;
}

/** Unfinished operations. */
export interface Backlog {
  /** One entry for each state of an unfinished operation. */
  states: UnfinishedOperations[];
  byProvider: ReadonlyMap<string, ProviderBacklog>;
  /** Longest time for which an operation has been due and not claimed, in seconds. */
  overdueSeconds: number;
}

/**
 * Reads the backlog of the whole database, or with `actor`, of what it may see. Its cost grows with the number of unfinished
 * operations, not with the total.
 */
export async function readBacklog(session: Session, actor?: Actor): Promise<Backlog> {
  const rows = await readBacklogRows(session, actor);
  return {
    states: UNFINISHED.map(state => {
      const own = rows.filter(row => row.state === state);
      return { state, count: total(own, 'count'), oldestSeconds: most(own, 'oldest') };
    }),
    byProvider: new Map(rows.map(({ provider }) => [provider, ofProvider(rows, provider)])),
    overdueSeconds: most(rows, 'overdue'),
  };
}

function ofProvider(rows: readonly BacklogRow[], provider: string): ProviderBacklog {
  const own = rows.filter(row => row.provider === provider);
  const failed = own.filter(({ state }) => state === OperationState.FAILED);
  return {
    open: total(own, 'count') - total(failed, 'count'),
    retrying: total(own, 'retrying'),
    failed: total(failed, 'count'),
    overdueSeconds: most(own, 'overdue'),
  };
}

const total = (rows: readonly BacklogRow[], column: 'count' | 'retrying'): number =>
  rows.reduce((sum, row) => sum + Number(row[column]), 0);

const most = (rows: readonly BacklogRow[], column: 'oldest' | 'overdue'): number =>
  Math.max(0, ...rows.map(row => Number(row[column] ?? 0)));
