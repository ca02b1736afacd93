import { columns, type Session } from '../database';
import {
  CancellationRequest,
  CancellationRequestState,
  OperationState,
  Order,
  OrderState,
  ProvisioningOperation,
} from '../entities';

const o = columns(ProvisioningOperation, 'o');
const d = columns(Order, 'd');
const r = columns(CancellationRequest, 'r');

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
 * Counts unfinished operations by indexes, so that the cost grows with open operations, not with all. Open operations
 * have a due time; failed ones, which are to be retried or abandoned, are found through their orders and cancellations.
 */
export function readBacklogRows(session: Pick<Session, 'rows'>): Promise<BacklogRow[]> {
  const failed = `${o.state} = '${OperationState.FAILED}'`;
  return session.rows<BacklogRow>(
    `SELECT ${o.state}, COUNT(*) AS count, ${age(o.createdAt)} AS oldest, ${age(o.dueAt)} AS overdue
     FROM ${o.table} WHERE ${o.dueAt} IS NOT NULL GROUP BY ${o.state}
     UNION ALL
     SELECT ${o.state}, COUNT(*), ${age(o.finishedAt)}, NULL
     FROM ${d.table} JOIN ${o.table} ON ${o.orderId} = ${d.id}
     WHERE ${d.state} IN ('${OrderState.EXECUTING}', '${OrderState.FAILED}') AND ${failed} GROUP BY ${o.state}
     UNION ALL
     SELECT ${o.state}, COUNT(*), ${age(o.finishedAt)}, NULL
     FROM ${r.table} JOIN ${o.table} ON ${o.subscriptionId} = ${r.subscriptionId} AND ${o.requestId} = ${r.id}
     WHERE ${r.state} = '${CancellationRequestState.ACCEPTED}' AND ${failed} GROUP BY ${o.state}`,
  );
}
