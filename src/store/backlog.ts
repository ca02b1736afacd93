import { columns, type Session } from '../database';
import { OperationState, OperationStep, ProvisioningOperation, StepState } from '../entities';
import type { Actor } from '../policies';
import { listCondition } from './find';
import type { Condition } from './visibility';

const t = columns(ProvisioningOperation, 't');
const s = columns(OperationStep, 's');

/** Number of unfinished operations of one provider in one state, and the age of the oldest in seconds. */
export interface BacklogRow {
  state: OperationState;
  provider: string;
  count: number | string;
  oldest: number | string;
  /** Seconds since the most overdue operation became due. Null for failed operations. */
  overdue: number | string | null;
  /** Number of those whose current step waits for another attempt. */
  retrying: number | string;
}

/** Expression for the age of the oldest row, in seconds. */
export const oldestSeconds = (from: string) => `MAX(TIMESTAMPDIFF(MICROSECOND, ${from}, NOW(3))) / 1000000`;

const ALL: Condition = { sql: 'TRUE', values: [] };

/**
 * Counts unfinished operations by indexes, so that the cost grows with these operations, not with all. Open operations
 * have a due time; failed ones, which are to be retried or abandoned, are found by their state. With `actor`, counts those
 * that it may see.
 */
export async function readBacklogRows(session: Session, actor?: Actor): Promise<BacklogRow[]> {
  const { sql, values } = actor ? await listCondition(session, actor, ProvisioningOperation) : ALL;
  return session.rows<BacklogRow>(
    `SELECT ${t.state}, ${t.provider}, COUNT(*) AS count, ${oldestSeconds(t.createdAt)} AS oldest,
       ${oldestSeconds(t.dueAt)} AS overdue, COUNT(${s.operationId}) AS retrying
     FROM ${t.table} LEFT JOIN ${s.table} ON ${s.operationId} = ${t.id} AND ${s.position} = ${t.position}
       AND ${s.state} = '${StepState.RETRYING}'
     WHERE ${t.dueAt} IS NOT NULL AND ${sql} GROUP BY ${t.state}, ${t.provider}
     UNION ALL
     SELECT ${t.state}, ${t.provider}, COUNT(*), ${oldestSeconds(t.finishedAt)}, NULL, 0
     FROM ${t.table} WHERE ${t.state} = '${OperationState.FAILED}' AND ${sql} GROUP BY ${t.state}, ${t.provider}`,
    [...values, ...values],
  );
}
