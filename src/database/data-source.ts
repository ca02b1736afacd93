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

/** Facts about a server that the gateway adapts to. */
export interface Server {
  dialect: Dialect;
  /** As `VERSION()` says. */
  version: string;
  /** Prepared statements of all clients together. */
  maxPrepared: number;
  /** Connections of all clients together. */
  maxConnections: number;
}

/** Use of the database by one process. */
export interface DatabaseTuning {
  /** Deadline of a statement in milliseconds. A wait for a connection may take twice as long. */
  statementTimeoutMs: number;
  /** Prepared statements that one connection keeps. 0 prepares none. */
  preparedPerConnection: number;
  tls?: SslOptions | undefined;
  /** Log for messages about migrations. Without one TypeORM prints them, as its command line does. */
  log?: Logger | undefined;
}

const defaultTuning: DatabaseTuning = { statementTimeoutMs: 10_000, preparedPerConnection: 100 };

const tables = Object.values(entities).filter(value => typeof value === 'function');

const CONNECT_TIMEOUT_MS = 5000;

const UNKNOWN_SYSTEM_VARIABLE = 1193;

/** Idle time after which the kernel asks whether the peer is there; the usual two hours outlive every network. */
const KEEP_ALIVE_DELAY_MS = 10_000;

/** Asks the server at `url` what it is. */
export async function inspectServer(url: string, tls?: SslOptions): Promise<Server> {
  const options: ConnectionOptions = {
    uri: url,
    connectTimeout: CONNECT_TIMEOUT_MS,
    ...(tls && { ssl: tls }),
  };
  const connection = createConnection(options);
  const late = setTimeout(
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
    clearTimeout(late);
    connection.destroy();
  }
}

/** Asks the server at `url` for its dialect. */
export const detectDialect = async (url: string): Promise<Dialect> => (await inspectServer(url)).dialect;

/** The isolation that every rule here is written for, and UTC, whatever the server's defaults are. */
function prepareConnections(
  pool: Pool,
  { sessionStatements: session, syncStatements: catchUp }: Dialect,
): void {
  pool.on('connection', connection => {
    // Statements have their own callbacks; without a listener a lost idle connection would end the process.
    connection.on('error', () => undefined);
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    connection.query(`SET time_zone = '+00:00'`);
    identify(connection);
    // A process that is frozen within a transaction keeps its locks, and everybody who wants them waits.
    for (const sql of session) connection.query(sql);
    // Statements that wait on a connection whose node cannot say so are better sent to another one. The driver reports
    // a line that breaks to the waiting statements, but not a connection that is destroyed.
    const caughtUp = (error: QueryError | null) => {
      if (error && error.errno !== UNKNOWN_SYSTEM_VARIABLE)
        (connection as unknown as { stream: Socket }).stream.destroy();
    };
    for (const sql of catchUp) connection.query(sql, caughtUp);
  });
}

/** The connections of a data source, from the moment that it makes its pool. */
const connectionsOf = new WeakMap<DataSource, ConnectionPool>();

/** Runs migrations in one process at a time, whether the gateway or TypeORM's command line starts them. */
class MigrationLockedDataSource extends DataSource {
  constructor(
    options: DataSourceOptions,
    private readonly connection: ConnectionOptions,
  ) {
    super(options);
  }

  override runMigrations(...options: Parameters<DataSource['runMigrations']>) {
    const onWaiting = () => this.logger.log('info', 'another process migrates the database: waiting for it');
    const run = async () => {
      await createMetadataTable(this);
      return super.runMigrations(...options);
    };
    return withMigrationLock(this.connection, run, { onWaiting });
  }
}

/**
 * The data source for `url` (`mysql://user:password@host:port/name`), not yet connected. Numbers of 64 bits come back
 * as numbers where they are exact, moments as UTC dates.
 */
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
    // TypeORM takes no parameters of the address.
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

/** Destroys the connections of a data source that could not be initialized: TypeORM forgets them. */
export const destroyConnections = (source: DataSource): void => connectionsOf.get(source)?.destroyPool();
