import type { Socket } from 'node:net';
import { createConnection, createPool, type Pool, type PoolOptions, type QueryError } from 'mysql2';
import { DataSource } from 'typeorm';
import * as entities from '../entities';
import { migrations } from '../migrations';

/** What the server says it is: TypeORM writes generated columns and defaults differently for each. */
export type ServerKind = 'mariadb' | 'mysql';

const tables = Object.values(entities).filter(value => typeof value === 'function');

/** Asks the server at `url` whether it is MariaDB or MySQL. */
export async function serverKind(url: string): Promise<ServerKind> {
  const connection = createConnection({ uri: url, connectTimeout: 5000 }).promise();
  try {
    const [rows] = await connection.query<never[]>('SELECT VERSION() AS version');
    return /mariadb/i.test((rows[0] as unknown as { version: string }).version) ? 'mariadb' : 'mysql';
  } finally {
    connection.destroy();
  }
}

/**
 * Statements that a connection keeps prepared, those used last: servers have room for 16,382 of all their clients, and a
 * list of another length is another statement.
 */
const PREPARED = 250;

/** Seconds after which MariaDB ends a transaction whose process sends nothing more. */
const IDLE_TRANSACTION_S = 5;

/**
 * A node of a Galera cluster answers this when it has applied everything that was committed anywhere before. A connection
 * that was made anew because the writer is another node now begins with it, so it reads all that was acknowledged.
 */
const CAUGHT_UP = 'SET STATEMENT wsrep_sync_wait = 1 FOR SELECT 1';

/** What a MariaDB says that was built without clusters, where there is nothing to catch up with. */
const UNKNOWN_VARIABLE = 1193;

/** The isolation that every rule here is written for, and UTC, whatever the server's defaults are. */
function prepare(pool: Pool, kind: ServerKind): Pool {
  pool.on('connection', connection => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    connection.query(`SET time_zone = '+00:00'`);
    // A process that is frozen within a transaction keeps its locks, and everybody who wants them waits. MySQL has no
    // such setting; there it lasts until the server finds the connection dead.
    if (kind !== 'mariadb') return;
    connection.query(`SET SESSION idle_transaction_timeout = ${IDLE_TRANSACTION_S}`);
    // What waits on a connection whose node cannot say so is better sent to another one. The driver tells the waiting
    // of a line that breaks, not of a connection that is destroyed.
    connection.query(CAUGHT_UP, (error: QueryError | null) => {
      if (error && error.errno !== UNKNOWN_VARIABLE)
        (connection as unknown as { stream: Socket }).stream.destroy();
    });
  });
  return pool;
}

/**
 * The data source for `url` (`mysql://user:password@host:port/name`), not yet connected. Numbers of 64 bits come back
 * as numbers where they are exact, moments as UTC dates.
 */
export function createDataSource(url: string, kind: ServerKind, poolSize = 16): DataSource {
  return new DataSource({
    type: kind,
    url,
    entities: tables,
    migrations,
    synchronize: false,
    logging: false,
    charset: 'utf8mb4_unicode_ci',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize,
    extra: { connectTimeout: 5000, maxIdle: poolSize, queueLimit: 10_000, maxPreparedStatements: PREPARED },
    driver: { createPool: (options: PoolOptions) => prepare(createPool(options), kind), createConnection },
  });
}
