import type { Database } from '../database';
import type { OperationState } from '../entities';
import { readBacklogRows } from '../store';

/** Number and age of the open operations in one state. */
export interface OpenOperations {
  state: OperationState;
  count: number;
  /** Age of the oldest, in seconds. A failed operation ages from its failure. */
  oldestSeconds: number;
}

/** Open operations in the whole database. */
export interface Backlog {
  open: OpenOperations[];
  /** Longest time for which an operation has been due and not claimed, in seconds. */
  overdueSeconds: number;
}

/** Reads the backlog. Its cost grows with the number of open operations, not with the total. */
export async function readBacklog(db: Pick<Database, 'rows'>): Promise<Backlog> {
  const rows = await readBacklogRows(db);
  const byState = new Map<OperationState, OpenOperations>();
  for (const { state, count, oldest } of rows) {
    const known = byState.get(state) ?? { state, count: 0, oldestSeconds: 0 };
    const oldestSeconds = Math.max(known.oldestSeconds, Number(oldest));
    byState.set(state, { state, count: known.count + Number(count), oldestSeconds });
  }
  const overdueSeconds = Math.max(0, ...rows.map(({ overdue }) => Number(overdue ?? 0)));
  return { open: [...byState.values()], overdueSeconds };
}
