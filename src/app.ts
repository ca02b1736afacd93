import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { Catalog } from './catalog';
import type { Config } from './config';
import { createDataSource, Database, serverKind } from './database';
import { DEMO_PASSWORD, insertDemoData } from './demo-data';
import { EventLog, Poller } from './events';
import { createImpossibleCloud, defaultRetries, exponential, type RetryBounds, Worker } from './provisioning';
import { DEMO_SIGN_INS } from './local/sign-ins';
import { buildGraph } from './resolvers/schema';
import type { Deps } from './services/context';
import { createTokens } from './services/identity/tokens';
import { carryOutDue } from './services/subscriptions/carry-out-due';
import { type RunningServer, serve } from './transport/server';
import type { WebOptions } from './transport/web';

/** What a test may set that an operator may not. */
export interface AppOptions {
  clock?: () => Date;
  retries?: RetryBounds;
}

/** A gateway that serves. */
export interface App {
  url: string;
  deps: Deps;
  /** Drains and stops all that belongs to this process. */
  stop(): Promise<void>;
}

/** The longest pause between two looks for work that nobody in this process announced, in milliseconds. */
const IDLE_MS = 1000;
/** Operations that one process has in hand at once. */
const CONCURRENCY = 32;
const PROVIDER_SOCKETS = 32;

/** Puts the parts together and starts them: database, catalog, event log, worker, server. */
export async function startApp(config: Config, log: Logger, options: AppOptions = {}): Promise<App> {
  const source = await connect(config);
  const running: { stop(): Promise<void> | void }[] = [{ stop: () => source.destroy() }];
  try {
    const db = Database.over(source);
    if (config.demoData && (await insertDemoData(db))) log.info('filled the database with the demo data');
    const { deps, close } = createDeps(config, db, log, options);
    running.push({ stop: close });
    await startParts(deps, options, running);
    const server: RunningServer = await serve(buildGraph(), deps, config, webOptions(config));
    running.push(server);
    return { url: server.url, deps, stop: () => stopAll(running) };
  } catch (error) {
    await stopAll(running);
    throw error;
  }
}

async function connect({ databaseUrl, databasePool, migrate }: Config): Promise<DataSource> {
  const source = createDataSource(databaseUrl, await serverKind(databaseUrl), databasePool);
  await source.initialize();
  if (migrate) await source.runMigrations({ transaction: 'each' });
  return source;
}

function createDeps(config: Config, db: Database, log: Logger, options: AppOptions) {
  const provider = createImpossibleCloud({ ...config.provider, maxSockets: PROVIDER_SOCKETS });
  const onError = (error: unknown) => log.error({ err: error }, 'the event log could not be read');
  const deps: Deps = {
    db,
    catalog: new Catalog(db),
    events: new EventLog(db, onError),
    providers: new Map([['impossible-cloud', provider]]),
    tokens: createTokens(config.authSecret),
    clock: options.clock ?? (() => new Date()),
    log,
  };
  return { deps, close: () => provider.close() };
}

async function startParts(
  deps: Deps,
  options: AppOptions,
  running: { stop(): Promise<void> | void }[],
): Promise<void> {
  const { db, catalog, events, providers, log } = deps;
  await events.start();
  running.push(events);
  await catalog.start(events, error => log.error({ err: error }, 'the catalog could not be read'));
  const retries = exponential(options.retries ?? defaultRetries);
  const worker = new Worker({ db, providers, retries, log, concurrency: CONCURRENCY, idleMs: IDLE_MS });
  const onError = (error: unknown) => log.error({ err: error }, 'due cancellations could not be looked for');
  const calendar = new Poller(() => carryOutDue(deps), onError, IDLE_MS, 30 * IDLE_MS);
  for (const part of [worker, calendar]) {
    part.start();
    running.push(part);
  }
}

function webOptions({ playground, demoData }: Config): WebOptions {
  const signIns = DEMO_SIGN_INS.map(([email, who]) => ({ email, who, password: DEMO_PASSWORD }));
  return { playground, signIns: demoData ? signIns : [] };
}

/** What was started last is stopped first. */
async function stopAll(running: { stop(): Promise<void> | void }[]): Promise<void> {
  for (const part of running.splice(0).reverse()) await part.stop();
}
