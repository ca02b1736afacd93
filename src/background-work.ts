import type { AppOptions } from './app-options';
import { currentTimeMs } from './clock';
import type { Config } from './config';
import { reportFault } from './database';
import { EventRetention, Poller } from './events';
import { defaultRetryBounds, exponentialBackoff, type SharedClock } from './jobs';
import { createRenewal } from './ledger';
import {
  createMailSender,
  createMailWorker,
  escalateRequests,
  Notifier,
  removeOldMails,
  senderDomain,
} from './mail';
import { ProvisioningWorker, reconcileDue } from './provisioning';
import type { Dependencies } from './services/context';
import { removeExpiredAttempts } from './services/identity/guess-limit';
import { removeExpiredResets } from './services/identity/reset-password';
import { writeMissingWords } from './services/lists/missing-words';
import { advancePeriods } from './services/subscriptions/advance-periods';
import { executeDueCancellations } from './services/subscriptions/execute-due-cancellations';
import { executeDueChanges } from './services/subscriptions/execute-due-changes';
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

/** Milliseconds between two checks for due cancellations, and for due changes. */
const DUE_CHECK_MS = 30_000;
/** Milliseconds between two checks for a due reconciliation. */
const RECONCILE_CHECK_MS = 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Milliseconds between two batches of renewals: after an outage, requests are served beside all that are due. */
const RENEWAL_PAUSE_MS = 500;
/** Milliseconds between two checks for ended billing periods. */
const PERIODS_CHECK_MS = 60_000;
/** Milliseconds between two checks for missing search words. */
const WORDS_CHECK_MS = 60_000;

/** Starts everything that works without a request. */
export function startBackgroundWork(
  deps: Dependencies,
  config: Config,
  options: AppOptions,
  running: Running,
  sharedClock: SharedClock,
): ProvisioningWorker {
  const worker = startWorkers(deps, config, options, running, sharedClock);
  startReconciliation(deps, config, running);
  startWords(deps, running);
  startWebhooks(deps, config, options, running);
  startMail(deps, config, options, running, sharedClock);
  return worker;
}

function startWorkers(
  deps: Dependencies,
  config: Config,
  options: AppOptions,
  { workers, hurry }: Running,
  sharedClock: SharedClock,
): ProvisioningWorker {
  const { db, catalog, providers, clock, log } = deps;
  const metrics = deps.metrics.provisioning;
  const { leaseMs, eventRetentionDays } = config;
  const retries = exponentialBackoff(options.retries ?? defaultRetryBounds);
  const worker = new ProvisioningWorker({
    db,
    catalog,
    providers,
    retries,
    clock,
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
  const dueChanges = new Poller(
    sharedClock.whileInSync(() => executeDueChanges(deps)),
    reportAs('due changes could not be read'),
    1000,
    () => DUE_CHECK_MS,
  );
  const periods = new Poller(
    sharedClock.whileInSync(() => advancePeriods(deps)),
    reportAs('billing periods could not be advanced'),
    1000,
    () => PERIODS_CHECK_MS,
  );
  const renew = createRenewal({ ...deps, onFailure: () => deps.metrics.ledger.failures.inc() });
  const renewals = new Poller(
    sharedClock.whileInSync(async () => (await renew()) && 'busy'),
    reportAs('billing periods could not be charged'),
    RENEWAL_PAUSE_MS,
    () => PERIODS_CHECK_MS,
  );
  const cutoff = () => new Date(currentTimeMs() - eventRetentionDays * DAY_MS);
  const mailCutoff = () => new Date(currentTimeMs() - config.mail.retentionDays * DAY_MS);
  const events = new EventRetention(db, eventRetentionDays, log);
  const retention = new Poller(
    sharedClock.whileInSync(
      async () =>
        (await removeExpiredAttempts(db)) ||
        (await removeExpiredResets(db)) ||
        (await removeOldMails(db, mailCutoff())) ||
        (await removeOldDeliveries(db, cutoff())) ||
        events.run(),
    ),
    reportAs('old events could not be removed'),
    MINUTE_MS,
    () => HOUR_MS,
  );
  for (const part of [worker, dueCancellations, dueChanges, periods, renewals, retention]) {
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

/** Starts the check for missing search words. `stop` aborts it first, then waits. */
function startWords({ db, log }: Dependencies, { workers }: Running): void {
  const ending = new AbortController();
  const words = new Poller(
    () => writeMissingWords(db, ending.signal),
    error => reportFault(log, error, 'missing search words could not be written'),
    1000,
    () => WORDS_CHECK_MS,
  );
  words.start();
  workers.push({ stop: () => ending.abort() }, words);
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

/** Starts the delivery of mails, if there is a mail server. */
function startMail(
  { db, events, mail, log }: Dependencies,
  { mail: { server, from, timeoutMs, escalation }, security, leaseMs }: Config,
  { mail: tuning }: AppOptions,
  { workers, hurry }: Running,
  sharedClock: SharedClock,
): void {
  if (!mail || !server) return;
  const worker = createMailWorker({
    db,
    ...mail,
    domain: senderDomain(from),
    usesIssuer: security.issuer !== null,
    sender: createMailSender({ server, from, timeoutMs }),
    log,
    leaseMs,
    drainMs: stopTimes.calls,
    forceStop: hurry,
    ...tuning,
  });
  const escalations = new Poller(
    sharedClock.whileInSync(() => escalateRequests(db, escalation)),
    error => reportFault(log, error, 'requests without a decision could not be read'),
    1000,
    () => MINUTE_MS,
  );
  for (const part of [worker, new Notifier(db, events, log), escalations]) {
    part.start();
    workers.push(part);
  }
}
