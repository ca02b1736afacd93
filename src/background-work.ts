import type { AppOptions } from './app-options';
import { currentTimeMs } from './clock';
import type { Config } from './config';
import { reportFault } from './database';
import { EventRetention, Poller } from './events';
import { defaultRetryBounds, exponentialBackoff, type SharedClock } from './jobs';
import { ProvisioningWorker, reconcileDue } from './provisioning';
import type { Dependencies } from './services/context';
import { removeExpiredAttempts } from './services/identity/guess-limit';
import { executeDueCancellations } from './services/subscriptions/execute-due-cancellations';
import { stopTimes } from './stop-times';
import { createDeliveryWorker, createWebhookSender, Dispatcher, removeOldDeliveries } from './webhooks';

/** Part of the gateway that runs until it is stopped. */
export interface Stoppable {
  stop(): Promise<void> | void;
}

/** Running parts. Stopped in reverse order, the workers concurrently. */
export interface Running {
  parts: Stoppable[];
  workers: Stoppable[];
  /** Aborted when the process must end now. */
  hurry: AbortSignal;
}

/** Milliseconds between two checks for due cancellations. */
const DUE_CHECK_MS = 30_000;
/** Milliseconds between two checks for a due reconciliation. */
const RECONCILE_CHECK_MS = 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Starts everything that works without a request: provisioning, due cancellations, retention, reconciliation, webhooks. */
export function startBackgroundWork(
  deps: Dependencies,
  config: Config,
  options: AppOptions,
  running: Running,
  sharedClock: SharedClock,
): ProvisioningWorker {
  const worker = startWorkers(deps, config, options, running, sharedClock);
  startReconciliation(deps, config, running);
  startWebhooks(deps, config, options, running);
  return worker;
}

function startWorkers(
  deps: Dependencies,
  config: Config,
  options: AppOptions,
  { workers, hurry }: Running,
  sharedClock: SharedClock,
): ProvisioningWorker {
  const { db, catalog, providers, log } = deps;
  const metrics = deps.metrics.provisioning;
  const { leaseMs, eventRetentionDays } = config;
  const retries = exponentialBackoff(options.retries ?? defaultRetryBounds);
  const worker = new ProvisioningWorker({
    db,
    catalog,
    providers,
    retries,
    log,
    metrics,
    leaseMs,
    drainMs: stopTimes.calls,
    forceStop: hurry,
    ...options.worker,
  });
  const reportAs = (what: string) => (error: unknown) => reportFault(log, error, what);
  const dueCancellations = new Poller(
    sharedClock.whileInSync(() => executeDueCancellations(deps)),
    reportAs('due cancellations could not be read'),
    1000,
    () => DUE_CHECK_MS,
  );
  const cutoff = () => new Date(currentTimeMs() - eventRetentionDays * DAY_MS);
  const events = new EventRetention(db, eventRetentionDays, log);
  const retention = new Poller(
    sharedClock.whileInSync(
      async () =>
        (await removeExpiredAttempts(db)) || (await removeOldDeliveries(db, cutoff())) || events.run(),
    ),
    reportAs('old events could not be removed'),
    MINUTE_MS,
    () => HOUR_MS,
  );
  for (const part of [worker, dueCancellations, retention]) {
    part.start();
    workers.push(part);
  }
  return worker;
}

/** Starts the reconciliation, which runs in one of all processes. `stop` aborts it first, then waits. */
function startReconciliation(
  { db, catalog, providers, log }: Dependencies,
  config: Config,
  { workers }: Running,
): void {
  const everyMs = config.reconcileHours * HOUR_MS;
  if (everyMs === 0) return;
  const ending = new AbortController();
  const reconciliation = new Poller(
    () => reconcileDue({ db, catalog, providers, log, everyMs, signal: ending.signal }),
    error => reportFault(log, error, 'the providers could not be reconciled with'),
    1000,
    () => RECONCILE_CHECK_MS,
  );
  reconciliation.start();
  workers.push({ stop: () => ending.abort() }, reconciliation);
}

function startWebhooks(
  deps: Dependencies,
  config: Config,
  { webhooks }: AppOptions,
  { parts, workers, hurry }: Running,
): void {
  const { db, events, log } = deps;
  const { secrets, addresses, counters } = deps.webhooks;
  const { timeoutMs, disableDays } = config.webhooks;
  const sender = createWebhookSender(addresses, timeoutMs);
  // Inserted before the workers, so that it is closed after them.
  parts.splice(-1, 0, { stop: () => sender.close() });
  const dispatcher = new Dispatcher(db, events, counters, log);
  const worker = createDeliveryWorker({
    db,
    sender,
    secrets,
    counters,
    log,
    leaseMs: config.leaseMs,
    drainMs: stopTimes.calls,
    forceStop: hurry,
    disableAfterMs: disableDays * DAY_MS,
    ...webhooks,
  });
  for (const part of [worker, dispatcher]) {
    part.start();
    workers.push(part);
  }
}
