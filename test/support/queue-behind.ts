import { createConnection } from 'mysql2/promise';
import type { TestGateway } from './gateway';
import { untilLockWaits } from './lock-waits';

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
    await untilLockWaits(gateway.rows, waits => waits >= count - done);
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
