import { setTimeout as sleep } from 'node:timers/promises';
import { reportFault } from './database';
import { readLogLag } from './events';
import { type Metrics, setTotal } from './observability';
import type { ProvisioningWorker } from './provisioning';
import type { Dependencies } from './services/context';
import { readGatewayLoad } from './services/overview/gateway-load';

/** Maximum age in milliseconds of values from tables. More frequent scrapes reuse them. */
const MAX_AGE_MS = 5000;
/** Timeout in milliseconds of the database at a scrape. The other metrics are needed most during an outage. */
const TIMEOUT_MS = 2000;

/** Collects the metrics of the pool, the worker and the tables at every scrape. */
export function collectAppMetrics(deps: Dependencies, worker: ProvisioningWorker): void {
  const { metrics } = deps;
  metrics.onScrape(() => collectPoolMetrics(deps));
  metrics.onScrape(() => collectWorkerMetrics(metrics, worker));
  metrics.onScrape(() => collectMailMetrics(deps));
  deps.events.onEvent(({ type, data }) => {
    if (type === 'charge.created') metrics.ledger.charges.inc({ kind: String(data.kind) });
  });
  let readAt = Number.NEGATIVE_INFINITY;
  metrics.onScrape(async () => {
    if (performance.now() - readAt < MAX_AGE_MS) return;
    readAt = performance.now();
    const late = sleep(TIMEOUT_MS, false, { ref: false });
    const read = await Promise.race([collectTableMetrics(deps), late]);
    metrics.database.reachable.set(read ? 1 : 0);
  });
}

function collectPoolMetrics({ db, metrics: { database } }: Dependencies): void {
  const { inUse, idle, waiting, limit, prepared, preparedRefused } = db.poolUsage;
  setTotal(database.restarts, db.restarts);
  database.connections.set({ state: 'in_use' }, inUse);
  database.connections.set({ state: 'idle' }, idle);
  database.waiting.set(waiting);
  database.limit.set(limit);
  database.prepared.set(prepared);
  setTotal(database.preparedRefused, preparedRefused);
}

function collectWorkerMetrics({ provisioning }: Metrics, worker: ProvisioningWorker): void {
  for (const { lane: provider, activeJobs, circuitOpen } of worker.laneUsage) {
    provisioning.claimed.set({ provider }, activeJobs);
    provisioning.circuitOpen.set({ provider }, circuitOpen ? 1 : 0);
  }
}

function collectMailMetrics({ mail, metrics }: Dependencies): void {
  if (!mail) return;
  setTotal(metrics.mail.sent, mail.counters.sent);
  setTotal(metrics.mail.failedAttempts, mail.counters.failedAttempts);
  setTotal(metrics.mail.failed, mail.counters.failed);
}

/** Resolves to false if the database does not answer. */
async function collectTableMetrics({
  db,
  events,
  metrics: { provisioning, streams, mail, webhooks, ledger },
  clock,
  log,
}: Dependencies): Promise<boolean> {
  const own = db.metered(AbortSignal.timeout(TIMEOUT_MS));
  try {
    const [load, standing] = await Promise.all([readGatewayLoad(own, clock()), readLogLag(own)]);
    const { backlog, mails, deliveries, renewalsOverdueSeconds } = load;
    ledger.overdue.set(renewalsOverdueSeconds);
    mail.pending.set(mails.count);
    mail.oldest.set(mails.oldestSeconds);
    webhooks.pending.set(deliveries.count);
    webhooks.oldest.set(deliveries.oldestSeconds);
    for (const { state, count, oldestSeconds } of backlog.states) {
      provisioning.operations.set({ state }, count);
      provisioning.oldest.set({ state }, oldestSeconds);
    }
    provisioning.overdue.set(backlog.overdueSeconds);
    streams.head.set(events.head);
    streams.lag.set(Math.max(0, standing.last - events.head));
    streams.unnumbered.set(standing.unnumberedSeconds);
    return true;
  } catch (error) {
    reportFault(log, error, 'metrics could not be read from the database');
    return false;
  }
}
