import { columns, type Session } from '../database';
import { OperationState, ProvisioningOperation } from '../entities';

const o = columns(ProvisioningOperation, 'o');

/** Number of unfinished operations in one state, and the age of the oldest in seconds. */
export interface BacklogRow {
  state: OperationState;
  count: number | string;
  oldest: number | string;
  /** Seconds since the most overdue operation became due. Null for failed operations. */
  overdue: number | string | null;
}

const age = (from: string) => `MAX(TIMESTAMPDIFF(MICROSECOND, ${from}, NOW(3))) / 1000000`;

/**
 * Counts unfinished operations by indexes, so that the cost grows with these operations, not with all. Open operations
 * have a due time; failed ones, which are to be retried or abandoned, are found by their state.
 */
export function readBacklogRows(session: Pick<Session, 'rows'>): Promise<BacklogRow[]> {
  return session.rows<BacklogRow>(
    `SELECT ${o.state}, COUNT(*) AS count, ${age(o.createdAt)} AS oldest, ${age(o.dueAt)} AS overdue
     FROM ${o.table} WHERE ${o.dueAt} IS NOT NULL GROUP BY ${o.state}
     UNION ALL
     SELECT ${o.state}, COUNT(*), ${age(o.finishedAt)}, NULL
     FROM ${o.table} WHERE ${o.state} = '${OperationState.FAILED}' GROUP BY ${o.state}`,
  );
}
