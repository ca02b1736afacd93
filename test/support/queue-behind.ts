import { createConnection } from 'mysql2/promise';
import type { TestGateway } from './gateway';
import { until } from './until';

const WAITING = `SELECT COUNT(*) AS n FROM information_schema.innodb_trx t
  JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
  WHERE p.db = DATABASE() AND t.trx_state = 'LOCK WAIT'`;

// InnoDB refreshes this table only where nobody has read it for 100 ms: polled more often, it never changes.
const POLL_MS = 120;

/** Resolves when as many transactions of the schema wait for a lock as `wanted` says. */
async function waiting(gateway: TestGateway, wanted: () => number): Promise<void> {
  const count = async () => (await gateway.rows<{ n: number }>(WAITING))[0]?.n ?? 0;
  const since = performance.now();
  // The first look would show what was waiting at the look before.
  await until(() => performance.now() - since > POLL_MS, { everyMs: POLL_MS });
  await until(async () => (await count()) >= wanted(), {
    what: 'transactions wait for a lock',
    everyMs: POLL_MS,
  });
}

/**
 * Does `first` and then `second`, each as far as it comes while the row of a user is locked; then lets both go on. Locks
 * are granted in the order in which they were asked for, so `first` is through before `second`, which began in time.
 */
export async function queueBehind<A, B>(
  gateway: TestGateway,
  userId: string,
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<[A, B]> {
  const holder = await createConnection(gateway.settings.databaseUrl);
  let done = 0;
  const began = async <T>(act: () => Promise<T>, count: number): Promise<() => Promise<T>> => {
    const result = act().finally(() => {
      done += 1;
    });
    await waiting(gateway, () => count - done);
    return () => result;
  };
  try {
    await holder.beginTransaction();
    await holder.query('SELECT id FROM users WHERE id = ? FOR UPDATE', [userId]);
    const one = await began(first, 1);
    const two = await began(second, 2);
    await holder.rollback();
    return await Promise.all([one(), two()]);
  } finally {
    await holder.end();
  }
}
