import type { Database } from '../database';
import type { OperationState } from '../entities';
import { readBacklogRows } from '../store';

/** Operations of one state that are not finished. */
export interface Waiting {
  state: OperationState;
  count: number;
  /** Age of the oldest, in seconds; of a failed one since it stopped. */
  oldestSeconds: number;
}

/** What is to be done, in the whole database. */
export interface Backlog {
  waiting: Waiting[];
  /** For how long the operation that waits longest has been due and not claimed, in seconds. */
  overdueSeconds: number;
}

/** Reads the backlog, at a cost that grows with what is open and not with what has ever been done. */
export async function readBacklog(db: Pick<Database, 'rows'>): Promise<Backlog> {
  const rows = await readBacklogRows(db);
  const byState = new Map<OperationState, Waiting>();
  for (const { state, count, oldest } of rows) {
    const known = byState.get(state) ?? { state, count: 0, oldestSeconds: 0 };
    const oldestSeconds = Math.max(known.oldestSeconds, Number(oldest));
    byState.set(state, { state, count: known.count + Number(count), oldestSeconds });
  }
  const overdueSeconds = Math.max(0, ...rows.map(({ overdue }) => Number(overdue ?? 0)));
  return { waiting: [...byState.values()], overdueSeconds };
}
