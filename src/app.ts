import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { collectAppMetrics } from './app-metrics';
import type { AppOptions } from './app-options';
import { type Running, type Stoppable, startBackgroundWork } from './background-work';
import { Catalog } from './catalog';
import { currentTime, skewMs } from './clock';
import type { Config } from './config';
import {
  Database,
  explainStartupError,
  maxGateways,
  migrate,
  type OpenDatabase,
  openDatabase,
  reportFault,
} from './database';
import { EventLog } from './events';
import { SharedClock } from './jobs';
import { Links, LinkTokens, newMailCounters } from './mail';
import { Metrics, serveMetrics, watchDescriptors } from './observability';
import { createProviders, instrumentProvider, type Providers } from './providers';
import type { ProvisioningWorker } from './provisioning';
import { catalogTypes, publicFields } from './resolvers/public-catalog';
import { buildGraph } from './resolvers/schema';
import type { Dependencies } from './services/context';
import { ActorCache } from './services/identity/actor-cache';
import { createForeignTokens } from './services/identity/foreign-tokens';
import { cacheVerifiedTokens } from './services/identity/token-cache';
import { createTokens } from './services/identity/tokens';
import { stopTimes } from './stop-times';
import { withFullMessage } from './terminal/explain';
import { type RunningServer, serve } from './transport/server';
import type { WebOptions } from './transport/web';
import { newWebhookCounters, SecretBox } from './webhooks';

/** Running gateway. */
export interface App {
  url: string;
  /** URL of the metrics. Undefined if they are not served. */
  metricsUrl?: string;
  deps: Dependencies;
  /** Drains and stops the gateway. */
  stop(): Promise<void>;
  /** Ends the waiting of a stop that has begun: claims are released, and connections are destroyed. */
  forceStop(): void;
}

/** Milliseconds that the start waits for an unavailable database. */
const START_TIMEOUT_MS = 10_000;

const SETUP_REQUIRED =
  'the database has no price list and no administrator: run `npm run setup -- --help` (dist/src/commands/setup.js)';

/** Composes and starts the gateway: database, catalog, event log, workers, server. */
export async function startApp(config: Config, log: Logger, options: AppOptions = {}): Promise<App> {
  const hurry = new AbortController();
  const running: Running = { parts: [], workers: [], hurry: hurry.signal };
  const { parts } = running;
  let source: OpenDatabase['source'] | undefined;
  try {
    parts.push(...(await startTracing(config, log)));
    source = await connect(config, log);
    const db = Database.over(source);
    parts.push({ stop: () => db.close(stopTimes.statements) });
    logDatabaseHealth(db, log);
    if (config.migrate) await migrate(source).catch(withFullMessage);
    const sharedClock = new SharedClock(db, log, config.leaseMs);
    await sharedClock.start();
    parts.push(sharedClock);
    const { deps, close } = createDeps(config, db, log, options);
    parts.push({ stop: close });
    await startEventLog(deps, parts);
    if (!deps.catalog.current.isSetUp) log.warn(SETUP_REQUIRED);
    const { playground } = config;
    const web: WebOptions = { playground, signIns: options.signIns ?? [] };
    const server: RunningServer = await serve(graph(), deps, config, web);
    deps.mail?.links.listensAt(server.url);
    parts.push({ stop: () => server.stop(hurry.signal) });
    parts.push({ stop: () => Promise.all(running.workers.map(part => part.stop())).then(() => undefined) });
    const worker = startBackgroundWork(deps, config, options, running, sharedClock);
    watchProcess(deps, parts);
    const metrics = await startMetrics(config, deps, worker, parts);
    parts.push({ stop: () => drain(server, config.drainMs, hurry.signal) });
    const { url } = server;
    return { url, ...metrics, deps, stop: () => stopAll(parts), forceStop: () => hurry.abort() };
  } catch (error) {
    const reason = source && !config.migrate ? await explainStartupError(source, error) : error;
    hurry.abort();
    await stopAll(parts);
    throw reason;
  }
}

const graph = () => ({
  schema: buildGraph(),
  publicGraph: { fields: publicFields, types: catalogTypes },
});

/** Gives load balancers time to use other gateways, then refuses requests. */
async function drain(server: RunningServer, drainMs: number, signal: AbortSignal): Promise<void> {
  server.startDraining();
  await sleep(drainMs, undefined, { signal }).catch(() => undefined);
  server.refuseRequests();
}

async function connect(config: Config, log: Logger): Promise<OpenDatabase['source']> {
  const onWaiting = (sentence: string) => log.warn(`${sentence} Waiting for it.`);
  const { source, server } = await openDatabase(config, { waitMs: START_TIMEOUT_MS, onWaiting, log });
  const { databasePool: pool, database } = config;
  const { dialect, ...facts } = server;
  const gateways = maxGateways(server, pool, database.preparedShare);
  log.info({ kind: dialect.type, ...facts, pool, gateways }, 'connected');
  return source;
}

/** Logs one line when the database becomes unavailable, and one when it is available again. */
function logDatabaseHealth(db: Database, log: Logger): void {
  db.onHealth(({ reachable, writable }, err) => {
    if (!reachable) log.error({ err }, 'the database is unavailable');
    else if (!writable) log.error({ err }, 'the database refuses writes');
    else log.info('the database is available again');
  });
}

function createDeps(config: Config, db: Database, log: Logger, options: AppOptions) {
  const metrics = new Metrics();
  const providers: Providers = new Map(
    [...createProviders(config)].map(([name, provider]) => [
      name,
      instrumentProvider(name, provider, metrics.provisioning),
    ]),
  );
  const onError = (error: unknown) => reportFault(log, error, 'the event log could not be read');
  const deps: Dependencies = {
    db,
    readinessTimeoutMs: config.database.readinessTimeoutMs,
    catalog: new Catalog(db, config.retailFallback),
    events: new EventLog(db, onError),
    providers,
    actors: new ActorCache(db),
    tokens: cacheVerifiedTokens(createTokens(config.authSecret)),
    foreignTokens:
      config.security.issuer && createForeignTokens(config.security.issuer, metrics.identity, log),
    webhooks: {
      secrets: new SecretBox(config.webhooks.key),
      addresses: { allowPrivate: config.webhooks.allowPrivate, httpsOnly: config.security.production },
      counters: newWebhookCounters(),
    },
    mail: config.mail.server
      ? {
          tokens: new LinkTokens(config.authSecret),
          links: new Links(config.mail),
          counters: newMailCounters(),
        }
      : null,
    clock: options.clock ?? currentTime,
    metrics,
    log,
  };
  return { deps, close: () => providers.forEach(provider => void provider.close()) };
}

async function startEventLog(
  { events, actors, catalog, log }: Dependencies,
  running: Stoppable[],
): Promise<void> {
  actors.follow(events, error => reportFault(log, error, 'the users of open streams could not be read'));
  await events.start();
  running.push(events);
  await catalog.start(events, error => reportFault(log, error, 'the catalog could not be read'));
}

/** Starts tracing if it is set. Loads the exporter on demand, because it loads slowly. */
async function startTracing({ observability: { tracing } }: Config, log: Logger): Promise<Stoppable[]> {
  if (!tracing) return [];
  const exporting = await import('./observability/tracing.js');
  return [exporting.startTracing(tracing, log)];
}

async function startMetrics(
  { observability: { metrics: where } }: Config,
  deps: Dependencies,
  worker: ProvisioningWorker,
  running: Stoppable[],
): Promise<{ metricsUrl?: string }> {
  if (!where) return {};
  deps.metrics.collectProcessMetrics();
  collectAppMetrics(deps, worker);
  const server = await serveMetrics(deps.metrics, where.host, where.port);
  running.push(server);
  return { metricsUrl: server.url };
}

/** Reports clock skew and exhausted file descriptors, which no request reports. */
function watchProcess({ metrics, log }: Dependencies, running: Stoppable[]): void {
  const { clockSkew, descriptorsExhausted } = metrics.process;
  metrics.onScrape(() => clockSkew.set(skewMs() / 1000));
  const stop = watchDescriptors(exhausted => {
    descriptorsExhausted.set(exhausted ? 1 : 0);
    if (exhausted) log.error('no file descriptors are left: connections fail until some are free');
    else log.warn('file descriptors are free again');
  });
  running.push({ stop });
}

/** Stops the parts in reverse order. */
async function stopAll(running: Stoppable[]): Promise<void> {
  for (const part of running.splice(0).reverse()) await part.stop();
}
