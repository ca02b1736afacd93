import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import type { TestGateway } from './gateway';

const WAITING = `SELECT COUNT(*) AS n FROM information_schema.innodb_trx t
  JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
  WHERE p.db = DATABASE() AND t.trx_state = 'LOCK WAIT'`;

// InnoDB refreshes this table only where nobody has read it for 100 ms: asked more often, it never changes.
const POLL_MS = 120;
const DEADLINE_MS = 10_000;

/** Resolves when as many transactions of the schema wait for a lock as `wanted` says. */
async function waiting(gateway: TestGateway, wanted: () => number): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    await sleep(POLL_MS);
    const [row] = await gateway.rows<{ n: number }>(WAITING);
    if ((row?.n ?? 0) >= wanted()) return;
    if (performance.now() > deadline) throw new Error(`${row?.n} wait for a lock, not ${wanted()}`);
  }
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
