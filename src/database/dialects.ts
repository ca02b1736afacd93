/** Differences of one kind of database server from another. No other file asks which server it is. */
export interface Dialect {
  /** Display name. */
  readonly title: string;
  /** Type of TypeORM's data source: it writes generated columns and defaults differently for each. */
  readonly type: 'mariadb' | 'mysql';
  /** Oldest version that is supported. */
  readonly minVersion: readonly [major: number, minor: number];
  /** First statements of every connection. */
  readonly sessionStatements: readonly string[];
  /**
   * Last of them: the connection reads nothing older than the last commit on any node of a cluster. A connection is destroyed
   * on any error but 1193, ER_UNKNOWN_SYSTEM_VARIABLE, with which a server that is in no cluster answers.
   */
  readonly syncStatements: readonly string[];
  /** Options of the driver for idle connections of a pool. */
  idleOptions(poolSize: number): { maxIdle: number; idleTimeout?: number };
}

/** Seconds after which MariaDB ends a transaction whose process sends nothing more. */
const IDLE_TRANSACTION_S = 5;

/**
 * MySQL ends connections instead, with their transactions, after so many seconds. It is less than a lock wait of 50 s, and
 * the pool closes connections that are idle earlier.
 */
const IDLE_CONNECTION_S = 10;

const mariadb: Dialect = {
  title: 'MariaDB',
  type: 'mariadb',
  minVersion: [10, 11],
  sessionStatements: [`SET SESSION idle_transaction_timeout = ${IDLE_TRANSACTION_S}`],
  // A node of a Galera cluster answers this when it has applied everything that was committed anywhere before.
  syncStatements: ['SET STATEMENT wsrep_sync_wait = 1 FOR SELECT 1'],
  idleOptions: poolSize => ({ maxIdle: poolSize }),
};

/** Oracle's MySQL, and the servers made from it: Percona Server, Amazon RDS and Aurora. */
const mysql: Dialect = {
  title: 'MySQL',
  type: 'mysql',
  minVersion: [8, 0],
  sessionStatements: [`SET SESSION wait_timeout = ${IDLE_CONNECTION_S}`],
  // A member of a Group Replication group begins a transaction with BEFORE when it has applied everything that was committed
  // anywhere before. A SELECT without a table would not wait. The operator's setting applies afterwards.
  syncStatements: [
    `SET SESSION group_replication_consistency = 'BEFORE'`,
    'START TRANSACTION READ ONLY',
    'ROLLBACK',
    'SET SESSION group_replication_consistency = DEFAULT',
  ],
  // The driver closes idle connections only where fewer than all can be idle.
  idleOptions: poolSize => ({ maxIdle: poolSize - 1, idleTimeout: (IDLE_CONNECTION_S * 1000) / 2 }),
};

/** Dialect of the server whose `VERSION()` is given. Throws for a version that is too old. */
export function dialectOf(version: string): Dialect {
  const dialect = /mariadb/i.test(version) ? mariadb : mysql;
  const [major = 0, minor = 0] = version.split('.').map(part => Number.parseInt(part, 10));
  const [wantedMajor, wantedMinor] = dialect.minVersion;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return dialect;
  throw new Error(
    `${dialect.title} ${version} is not supported: it has to be ${wantedMajor}.${wantedMinor} or later`,
  );
}
