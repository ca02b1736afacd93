import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { DatabaseSettings } from '../config';
import { createDataSource, destroyConnections, inspectServer, type Server } from './data-source';
import { Database } from './database';
import { classOf, isRefusedStatement, isTableMissing, StatementTimeout } from './faults';
import { missingMigrations } from './readiness';
import { retryDuringOutage } from './retry-budget';

/** The database cannot be used. The message is a sentence for the operator. */
export class DatabaseUnusable extends Error {}

/** Options of the wait for an unavailable database at startup. */
export interface StartOptions {
  waitMs: number;
  /** Called once, with a sentence for the operator, when the first attempt has failed. */
  onWaiting?: (sentence: string) => void;
  log?: Logger;
}

/** Data source with the properties of its server. */
export interface OpenDatabase {
  source: DataSource;
  server: Server;
}

/** ER_ACCESS_DENIED_ERROR, which MariaDB also answers a connection without TLS, and ER_SECURE_TRANSPORT_REQUIRED of MySQL. */
const ACCESS_DENIED = new Set([1045, 3159]);
const NO_DATABASE = new Set([1044, 1049]);
/** Maximum number of prepared statements per connection: no workload uses more. */
const MAX_PREPARED = 250;

/** Creates the data source for the detected server, not yet connected. */
export async function prepareDataSource(settings: DatabaseSettings, log?: Logger): Promise<OpenDatabase> {
  const { databaseUrl, databasePool, database } = settings;
  const tls = database.tls ?? undefined;
  const server = await inspectServer(databaseUrl, tls);
  const source = createDataSource(databaseUrl, server.dialect, databasePool, {
    statementTimeoutMs: database.statementTimeoutMs,
    preparedPerConnection: preparedPerConnection(server, databasePool, database.preparedShare),
    tls,
    log,
  });
  return { source, server };
}

/** Connects to the database. Rejects with DatabaseUnusable if that fails. */
export async function openDatabase(
  settings: DatabaseSettings,
  { waitMs, onWaiting, log }: StartOptions = { waitMs: 0 },
): Promise<OpenDatabase> {
  let waiting = false;
  const attempt = async (): Promise<OpenDatabase> => {
    const found = await prepareDataSource(settings, log);
    try {
      await withDeadline(found.source.initialize(), settings.database.statementTimeoutMs);
      return found;
    } catch (error) {
      destroyConnections(found.source);
      throw error;
    }
  };
  try {
    return await retryDuringOutage(
      () =>
        attempt().catch((error: unknown) => {
          if (!waiting && classOf(error) === 'wait') onWaiting?.(describeFailure(settings, error));
          waiting = true;
          throw error;
        }),
      waitMs,
    );
  } catch (error) {
    throw new DatabaseUnusable(describeFailure(settings, error), { cause: error });
  }
}

/** Bounds `work` by a deadline. TypeORM sends statements of its own when it connects, without one. */
async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = sleep(ms, undefined, { ref: false }).then(() => {
    throw new StatementTimeout(ms);
  });
  return Promise.race([work, late]);
}

/** Runs the missing migrations. Resumes interrupted migrations, also within this call. */
export async function migrate(source: DataSource): Promise<void> {
  await retryDuringOutage(() => source.runMigrations({ transaction: 'each' }));
}

/** Replaces a startup error that missing migrations can explain. Returns any other error unchanged. */
export async function explainStartupError(source: DataSource, error: unknown): Promise<unknown> {
  if (!isRefusedStatement(error)) return error;
  const missing = await missingMigrations(Database.over(source), source).catch((fault: unknown) =>
    isTableMissing(fault) ? source.migrations.map(({ name }) => String(name)) : [],
  );
  if (missing.length === 0) return error;
  const names = missing.join(', ');
  return new DatabaseUnusable(
    `The database is not migrated. Missing: ${names}. Start one gateway with MIGRATE=1.`,
    { cause: error },
  );
}

/** Maximum of prepared statements per connection, from the server's limit and the gateway's percentage. */
export function preparedPerConnection(
  { maxPrepared }: Pick<Server, 'maxPrepared'>,
  pool: number,
  share: number,
): number {
  return Math.min(MAX_PREPARED, Math.floor((maxPrepared * share) / 100 / pool));
}

/** Maximum number of gateways with these settings that one server supports. */
export function maxGateways(
  { maxConnections }: Pick<Server, 'maxConnections'>,
  pool: number,
  share: number,
): number {
  const byConnections = Math.floor(maxConnections / (pool + 1));
  return share === 0 ? byConnections : Math.min(byConnections, Math.floor(100 / share));
}

function describeFailure({ databaseUrl, database: { tls } }: DatabaseSettings, error: unknown): string {
  const { hostname, port, username, pathname } = new URL(databaseUrl);
  const { errno, code, message } = error as { errno?: number; code?: string; message: string };
  const where = `The database at ${hostname}:${port || 3306}`;
  if (ACCESS_DENIED.has(errno ?? 0)) {
    const hint = tls ? '' : ' If it demands TLS, set DATABASE_TLS.';
    return `${where} does not accept the user "${decodeURIComponent(username)}" with the password of DATABASE_URL.${hint}`;
  }
  if (NO_DATABASE.has(errno ?? 0)) {
    return `${where} has no database "${pathname.slice(1)}" that the user of DATABASE_URL may use.`;
  }
  if (classOf(error) === 'wait') {
    return `${where} cannot be reached (${code ?? message}). Check DATABASE_URL, and that the database is running.`;
  }
  return `${where} cannot be used: ${message}.`;
}
