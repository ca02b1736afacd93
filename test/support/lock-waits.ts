import type { Rows } from './rows';
import { until } from './until';

const WAITING = `SELECT COUNT(*) AS count FROM information_schema.innodb_trx t
  JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
  WHERE p.db = DATABASE() AND t.trx_state = 'LOCK WAIT'`;

// InnoDB refreshes this table only if nobody has read it for 100 ms: polled more often, it never changes.
const POLL_MS = 120;

/** Resolves when the number of transactions of the schema that wait for a lock is as `isEnough` wants it. */
export async function untilLockWaits(rows: Rows, isEnough: (count: number) => boolean): Promise<void> {
  const since = performance.now();
  // The first answer can be as old as the previous one.
  await until(() => performance.now() - since > POLL_MS, { everyMs: POLL_MS });
  await until(async () => isEnough(Number((await rows(WAITING))[0]?.count)), {
    what: 'transactions wait for a lock',
    everyMs: POLL_MS,
  });
}
