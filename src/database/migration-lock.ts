import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, type ConnectionOptions, createConnection } from 'mysql2/promise';

/** Table with one row, which the migrating process keeps locked. The lock ends with its connection. */
const TABLE = `CREATE TABLE IF NOT EXISTS migration_lock (id tinyint NOT NULL PRIMARY KEY) ENGINE=InnoDB`;
const LOCK = 'SELECT id FROM migration_lock WHERE id = 1 FOR UPDATE';

/** Maximum wait for another process that migrates. The supervisor restarts a process that gives up. */
const MAX_WAIT_MS = 600_000;
/** Lock wait timeout of one attempt, in seconds. */
const ATTEMPT_S = 5;
const STATEMENT_TIMEOUT_MS = 2 * ATTEMPT_S * 1000;
/** Proxies and servers close connections that are idle. */
const PING_MS = 5000;
const RETRY_DELAY_MS = 100;

const NO_SUCH_TABLE = 1146;
/** ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK. */
const LOCK_CONFLICTS = new Set([1205, 1213]);

/** Options of the wait for another migrating process. */
export interface MigrationWait {
  waitMs?: number;
  /** Called once if another process is migrating. */
  onWaiting?: () => void;
}

/** Runs `work` alone, after up to `waitMs` for another migration. Locks a row: Galera does not support GET_LOCK. */
export async function withMigrationLock<T>(
  options: ConnectionOptions,
  work: () => Promise<T>,
  { waitMs = MAX_WAIT_MS, onWaiting = () => undefined }: MigrationWait = {},
): Promise<T> {
  const connection = await createConnection(options);
  // Statements report their own errors. Without a listener a lost connection would end the process.
  connection.on('error', () => undefined);
  let ping: NodeJS.Timeout | undefined;
  try {
    await lock(connection, performance.now() + waitMs, onWaiting);
    ping = setInterval(() => void send(connection, 'SELECT 1').catch(() => undefined), PING_MS);
    return await work();
  } finally {
    clearInterval(ping);
    connection.destroy();
  }
}

async function lock(connection: Connection, deadline: number, onWaiting: () => void): Promise<void> {
  await send(connection, `SET SESSION innodb_lock_wait_timeout = ${ATTEMPT_S}`);
  let waited = false;
  while (!(await tryLock(connection))) {
    if (performance.now() > deadline) {
      throw new Error(
        'Another process has been migrating the database for too long. See docs/migrations.md.',
      );
    }
    if (!waited) onWaiting();
    waited = true;
    await sleep(RETRY_DELAY_MS);
  }
}

/** Tries to lock the row, and creates it if it is missing. Resolves to false if another process has it. */
async function tryLock(connection: Connection): Promise<boolean> {
  try {
    for (;;) {
      await send(connection, 'START TRANSACTION');
      const rows = await send(connection, LOCK).catch(async (error: { errno?: number }) => {
        if (error.errno !== NO_SUCH_TABLE) throw error;
        await send(connection, TABLE);
        return [];
      });
      if (rows.length > 0) return true;
      await send(connection, 'ROLLBACK');
      await send(connection, 'INSERT IGNORE INTO migration_lock (id) VALUES (1)');
    }
  } catch (error) {
    if (!LOCK_CONFLICTS.has((error as { errno?: number }).errno ?? 0)) throw error;
    return false;
  }
}

async function send(connection: Connection, sql: string): Promise<unknown[]> {
  const [rows] = await connection.query({ sql, timeout: STATEMENT_TIMEOUT_MS });
  return Array.isArray(rows) ? rows : [];
}
