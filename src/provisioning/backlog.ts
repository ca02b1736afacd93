import type { Database } from '../database';
import type { OperationState } from '../entities';

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

interface Row {
  state: OperationState;
  count: number | string;
  oldest: number | string;
  overdue: number | string | null;
}

const seconds = (from: string) => `MAX(TIMESTAMPDIFF(MICROSECOND, ${from}, NOW(3))) / 1000000`;

/**
 * Counts them by indexes, so that it costs what is open and not what has ever been done: open operations are those that
 * have a due time, failed ones are found through the orders and the cancellations that they hold up. Of those, what was
 * made pointless by the end of its subscription waits for nobody.
 */
export async function readBacklog(db: Pick<Database, 'rows'>): Promise<Backlog> {
  const rows = await db.rows<Row>(
    `SELECT state, COUNT(*) AS count, ${seconds('createdAt')} AS oldest, ${seconds('dueAt')} AS overdue
     FROM operations WHERE dueAt IS NOT NULL GROUP BY state
     UNION ALL
     SELECT o.state, COUNT(*), ${seconds('o.finishedAt')}, NULL
     FROM orders d JOIN operations o ON o.orderId = d.id JOIN subscriptions s ON s.id = o.subscriptionId
     WHERE d.state IN ('EXECUTING', 'FAILED') AND o.state = 'FAILED' AND s.state <> 'CANCELLED' GROUP BY o.state
     UNION ALL
     SELECT o.state, COUNT(*), ${seconds('o.finishedAt')}, NULL
     FROM cancellation_requests r JOIN operations o ON o.subscriptionId = r.subscriptionId AND o.requestId = r.id
     WHERE r.state = 'ACCEPTED' AND o.state = 'FAILED' GROUP BY o.state`,
  );
  const byState = new Map<OperationState, Waiting>();
  for (const { state, count, oldest } of rows) {
    const known = byState.get(state) ?? { state, count: 0, oldestSeconds: 0 };
    const oldestSeconds = Math.max(known.oldestSeconds, Number(oldest));
    byState.set(state, { state, count: known.count + Number(count), oldestSeconds });
  }
  const overdueSeconds = Math.max(0, ...rows.map(({ overdue }) => Number(overdue ?? 0)));
  return { waiting: [...byState.values()], overdueSeconds };
}
