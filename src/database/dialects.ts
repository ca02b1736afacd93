/** Differences between database servers. No other file branches on the server. */
export interface Dialect {
  /** Display name. */
  readonly title: string;
  /** Type of TypeORM's data source, which declares generated columns and defaults differently for each. */
  readonly type: 'mariadb' | 'mysql';
  /** Oldest supported version. */
  readonly minVersion: readonly [major: number, minor: number];
  /** First statements of every new connection. */
  readonly sessionStatements: readonly string[];
  /**
   * Statements that wait until the node has applied all earlier commits of its cluster. A connection is destroyed on
   * any error but 1193 (ER_UNKNOWN_SYSTEM_VARIABLE), which a server outside a cluster returns.
   */
  readonly syncStatements: readonly string[];
  /** Options of the driver's pool for idle connections. */
  idleOptions(poolSize: number): { maxIdle: number; idleTimeout?: number };
}

/** Seconds after which MariaDB aborts an idle transaction. */
const IDLE_TRANSACTION_S = 5;

/** Seconds until MySQL closes an idle connection: less than the lock wait timeout of 50 s. The pool closes it earlier. */
const IDLE_CONNECTION_S = 10;

const mariadb: Dialect = {
  title: 'MariaDB',
  type: 'mariadb',
  minVersion: [10, 11],
  sessionStatements: [`SET SESSION idle_transaction_timeout = ${IDLE_TRANSACTION_S}`],
  // A Galera node answers this when it has applied all earlier commits of the cluster.
  syncStatements: ['SET STATEMENT wsrep_sync_wait = 1 FOR SELECT 1'],
  idleOptions: poolSize => ({ maxIdle: poolSize }),
};

/** Oracle's MySQL, and servers derived from it: Percona Server, Amazon RDS and Aurora. */
const mysql: Dialect = {
  title: 'MySQL',
  type: 'mysql',
  minVersion: [8, 0],
  sessionStatements: [`SET SESSION wait_timeout = ${IDLE_CONNECTION_S}`],
  // With BEFORE, a member of a Group Replication group begins a transaction when it has applied all earlier commits
  // of the group. A SELECT without a table would not wait. The operator's setting is restored afterwards.
  syncStatements: [
    `SET SESSION group_replication_consistency = 'BEFORE'`,
    'START TRANSACTION READ ONLY',
    'ROLLBACK',
    'SET SESSION group_replication_consistency = DEFAULT',
  ],
  // The driver closes idle connections only if `maxIdle` is less than the size of the pool.
  idleOptions: poolSize => ({ maxIdle: poolSize - 1, idleTimeout: (IDLE_CONNECTION_S * 1000) / 2 }),
};

/** Dialect of a server by its `VERSION()`. Throws for an unsupported version. */
export function dialectOf(version: string): Dialect {
  const dialect = /mariadb/i.test(version) ? mariadb : mysql;
  const [major = 0, minor = 0] = version.split('.').map(part => Number.parseInt(part, 10));
  const [minMajor, minMinor] = dialect.minVersion;
  if (major > minMajor || (major === minMajor && minor >= minMinor)) return dialect;
  throw new Error(
    `${dialect.title} ${version} is not supported. Upgrade it to ${minMajor}.${minMinor} or later`,
  );
}
