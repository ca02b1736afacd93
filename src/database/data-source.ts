import type { Socket } from 'node:net';
import {
  type ConnectionOptions,
  createConnection,
  createPool,
  type Pool,
  type PoolOptions,
  type QueryError,
  type SslOptions,
} from 'mysql2';
import type { Logger } from 'pino';
import { DataSource, type DataSourceOptions } from 'typeorm';
import * as entities from '../entities';
import { migrations } from '../migrations';
import { ConnectionPool } from './connection-pool';
import { type Dialect, dialectOf } from './dialects';
import { createMetadataTable } from './metadata-table';
import { withMigrationLock } from './migration-lock';
import { MigrationLog } from './migration-log';
import { resumableMigration } from './resumable-migration';
import { identify } from './server-identity';

/** Properties of the server that the gateway adapts to. */
export interface Server {
  dialect: Dialect;
  /** Result of `VERSION()`. */
  version: string;
  /** Maximum number of prepared statements of all clients together. */
  maxPrepared: number;
  /** Maximum number of connections of all clients together. */
  maxConnections: number;
}

/** Limits of one process. */
export interface DatabaseTuning {
  /** Deadline of a statement in milliseconds. A wait for a connection may take twice as long. */
  statementTimeoutMs: number;
  /** Maximum number of prepared statements per connection. 0 disables them. */
  preparedPerConnection: number;
  tls?: SslOptions | undefined;
  /** Log for messages about migrations. Defaults to TypeORM's console output. */
  log?: Logger | undefined;
}

const defaultTuning: DatabaseTuning = { statementTimeoutMs: 10_000, preparedPerConnection: 100 };

const tables = Object.values(entities).filter(value => typeof value === 'function');

const CONNECT_TIMEOUT_MS = 5000;

const UNKNOWN_SYSTEM_VARIABLE = 1193;

/** Idle time before a TCP keep-alive probe: the kernel's two hours exceed most network timeouts. */
const KEEP_ALIVE_DELAY_MS = 10_000;

/** Reads the version and the limits of the server at `url`. */
export async function inspectServer(url: string, tls?: SslOptions): Promise<Server> {
  const options: ConnectionOptions = {
    uri: url,
    connectTimeout: CONNECT_TIMEOUT_MS,
    ...(tls && { ssl: tls }),
  };
  const connection = createConnection(options);
  const timer = setTimeout(
    () => (connection as unknown as { stream: Socket }).stream.destroy(),
    2 * CONNECT_TIMEOUT_MS,
  );
  try {
    const [rows] = await connection
      .promise()
      .query<never[]>(
        'SELECT VERSION() AS version, @@max_prepared_stmt_count AS prepared, @@max_connections AS connections',
      );
    const [row] = rows as { version: string; prepared: number; connections: number }[];
    const version = row?.version ?? '';
    return {
      version,
      dialect: dialectOf(version),
      maxPrepared: Number(row?.prepared),
      maxConnections: Number(row?.connections),
    };
  } finally {
    clearTimeout(timer);
    connection.destroy();
  }
}

/** Reads the dialect of the server at `url`. */
export const detectDialect = async (url: string): Promise<Dialect> => (await inspectServer(url)).dialect;

/** Sets isolation level, time zone and timeouts on every new connection, regardless of the server's defaults. */
function prepareConnections(
  pool: Pool,
  { sessionStatements: session, syncStatements: catchUp }: Dialect,
): void {
  pool.on('connection', connection => {
    // Statements report errors to their own callbacks. Without a listener a lost idle connection would end the
    // process.
    connection.on('error', () => undefined);
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    connection.query(`SET time_zone = '+00:00'`);
    identify(connection);
    // A process that freezes within a transaction would otherwise keep its locks.
    for (const sql of session) connection.query(sql);
    // A connection whose node cannot synchronize is destroyed, so that its statements go to another node. The driver
    // reports a broken line to waiting statements, but not a destroyed connection.
    const onSynced = (error: QueryError | null) => {
      if (error && error.errno !== UNKNOWN_SYSTEM_VARIABLE)
        (connection as unknown as { stream: Socket }).stream.destroy();
    };
    for (const sql of catchUp) connection.query(sql, onSynced);
  });
}

/** Pool of each data source, from the creation of the driver's pool. */
const connectionsOf = new WeakMap<DataSource, ConnectionPool>();

/** Data source that runs migrations in one process at a time, from the gateway as from TypeORM's command line. */
class MigrationLockedDataSource extends DataSource {
  constructor(
    options: DataSourceOptions,
    private readonly connection: ConnectionOptions,
  ) {
    super(options);
  }

  override runMigrations(...options: Parameters<DataSource['runMigrations']>) {
    const onWaiting = () => this.logger.log('info', 'waiting for another process that migrates the database');
    const run = async () => {
      await createMetadataTable(this);
      return super.runMigrations(...options);
    };
    return withMigrationLock(this.connection, run, { onWaiting });
  }
}

/** Creates the data source for `mysql://user:password@host:port/name`, not connected. Dates are UTC, exact bigints numbers. */
export function createDataSource(
  url: string,
  dialect: Dialect,
  poolSize = 16,
  tuning: Partial<DatabaseTuning> = {},
): DataSource {
  const { statementTimeoutMs, preparedPerConnection, tls, log } = { ...defaultTuning, ...tuning };
  const own = { uri: url, connectTimeout: CONNECT_TIMEOUT_MS, ...(tls && { ssl: tls }) };
  const options: DataSourceOptions = {
    type: dialect.type,
    url,
    entities: tables,
    migrations: migrations.map(resumableMigration),
    synchronize: false,
    logging: false,
    ...(log && { logger: new MigrationLog(log) }),
    // TypeORM ignores parameters of the URL.
    ...(tls && { ssl: tls }),
    charset: 'utf8mb4_unicode_ci',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize,
    extra: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      enableKeepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_DELAY_MS,
      maxPreparedStatements: Math.max(1, preparedPerConnection),
      ...dialect.idleOptions(poolSize),
    },
    driver: {
      createPool: (options: PoolOptions) => {
        const pool = createPool(options);
        prepareConnections(pool, dialect);
        const { host, port, user, password, ssl } = options;
        const stopping = {
          host,
          port,
          user,
          password,
          ssl,
          connectTimeout: CONNECT_TIMEOUT_MS,
        } as ConnectionOptions;
        connectionsOf.set(
          source,
          new ConnectionPool(pool, stopping, statementTimeoutMs, preparedPerConnection),
        );
        return pool;
      },
      createConnection,
    },
  };
  const source = new MigrationLockedDataSource(options, own);
  return source;
}

/** Destroys the connections of a data source that failed to initialize: TypeORM does not. */
export const destroyConnections = (source: DataSource): void => connectionsOf.get(source)?.destroyPool();
