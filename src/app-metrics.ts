import { setTimeout as sleep } from 'node:timers/promises';
import { reportFault } from './database';
import { OperationState } from './entities';
import { readLogLag } from './events';
import { type Metrics, setTotal } from './observability';
import { type ProvisioningWorker, readBacklog } from './provisioning';
import type { Dependencies } from './services/context';

/** How long what was read from tables is good: whoever scrapes more often gets the same, and costs nothing. */
const FRESH_MS = 5000;
/** How long a scrape waits for the database: what the process knows by itself is wanted most when that is away. */
const PATIENCE_MS = 2000;

/** Puts at every scrape into the metrics what the parts of the gateway know. */
export function readMetrics(deps: Dependencies, worker: ProvisioningWorker): void {
  const { metrics } = deps;
  metrics.atScrape(() => readDatabase(deps));
  metrics.atScrape(() => readLanes(metrics, worker));
  let readAt = Number.NEGATIVE_INFINITY;
  metrics.atScrape(async () => {
    if (performance.now() - readAt < FRESH_MS) return;
    readAt = performance.now();
    const late = sleep(PATIENCE_MS, false, { ref: false });
    const read = await Promise.race([readTables(deps), late]);
    metrics.database.reachable.set(read ? 1 : 0);
  });
}

function readDatabase({ db, metrics: { database } }: Dependencies): void {
  const { inUse, idle, waiting, limit, prepared, preparedRefused } = db.poolUsage;
  setTotal(database.restarts, db.restarts);
  database.connections.set({ state: 'in_use' }, inUse);
  database.connections.set({ state: 'idle' }, idle);
  database.waiting.set(waiting);
  database.limit.set(limit);
  database.prepared.set(prepared);
  setTotal(database.preparedRefused, preparedRefused);
}

function readLanes({ provisioning }: Metrics, worker: ProvisioningWorker): void {
  for (const { lane: provider, activeJobs, circuitOpen } of worker.laneUsage) {
    provisioning.inHand.set({ provider }, activeJobs);
    provisioning.circuitOpen.set({ provider }, circuitOpen ? 1 : 0);
  }
}

/** Resolves to whether the database has answered. */
async function readTables({
  db,
  events,
  metrics: { provisioning, streams },
  log,
}: Dependencies): Promise<boolean> {
  const own = db.metered(AbortSignal.timeout(PATIENCE_MS));
  try {
    const [backlog, standing] = await Promise.all([readBacklog(own), readLogLag(own)]);
    for (const state of [OperationState.PENDING, OperationState.RUNNING, OperationState.FAILED]) {
      const waiting = backlog.open.find(one => one.state === state);
      provisioning.operations.set({ state }, waiting?.count ?? 0);
      provisioning.oldest.set({ state }, waiting?.oldestSeconds ?? 0);
    }
    provisioning.overdue.set(backlog.overdueSeconds);
    streams.head.set(events.head);
    streams.lag.set(Math.max(0, standing.last - events.head));
    streams.unnumbered.set(standing.unnumberedSeconds);
    return true;
  } catch (error) {
    reportFault(log, error, 'what the metrics need could not be read');
    return false;
  }
}
