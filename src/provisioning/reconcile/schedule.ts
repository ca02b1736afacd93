import type { Logger } from 'pino';
import type { Catalog } from '../../catalog';
import type { Database } from '../../database';
import type { Provider } from '../../providers';
import { claimChore, registerChore } from '../../store';
import { reconcile } from './reconcile';
import type { RepairOptions } from './repair';
import { type ReconciliationReport, type Result, summary } from './report';

/** Options of the scheduled reconciliations. */
export interface ReconcileSchedule {
  db: Database;
  catalog: Catalog;
  providers: ReadonlyMap<string, Provider>;
  log: Logger;
  /** Time from the end of one reconciliation to the start of the next, in milliseconds. */
  everyMs: number;
  /** Aborted when the process stops. */
  signal: AbortSignal;
}

/** Lease of a reconciliation. Each page renews it. */
const LEASE_MS = 120_000;
/** Delay before an incomplete reconciliation is repeated. */
const RETRY_MS = 15 * 60_000;

const choreName = (provider: string) => `reconcile ${provider}`.slice(0, 40);

/** Reconciles with every provider that is due and that no other process reconciles with. Repairs, and never pushes. */
export async function reconcileDue(schedule: ReconcileSchedule): Promise<boolean> {
  const { providers, log } = schedule;
  for (const name of providers.keys()) {
    const report = await reconcileOnce({ ...schedule, name, repair: true, push: false });
    if (report) log.info({ provider: name, drifts: report.drifts.length }, summary(report));
  }
  return false;
}

/** Reconciles with one provider. Undefined while another process does, or while it is not due. */
export async function reconcileOnce({
  db,
  catalog,
  providers,
  log,
  everyMs,
  signal,
  name,
  repair,
  push,
  now = false,
  onResult = () => undefined,
  onPage = () => undefined,
}: ReconcileSchedule &
  RepairOptions & {
    name: string;
    now?: boolean;
    onResult?: (result: Result) => void;
    onPage?: (report: ReconciliationReport) => void;
  }): Promise<ReconciliationReport | undefined> {
  const provider = providers.get(name);
  if (!provider) throw new Error(`Unknown provider ${name}`);
  await registerChore(db, choreName(name), everyMs);
  const claim = await claimChore(db, choreName(name), LEASE_MS, now);
  if (!claim) return undefined;
  let complete = false;
  try {
    const keepGoing = async (progress: ReconciliationReport) => {
      onPage(progress);
      return !signal.aborted && (await claim.renew());
    };
    const report = await reconcile({ db, catalog, name, provider, log, repair, push, onResult, keepGoing });
    complete = report.complete;
    return report;
  } finally {
    // A reconciliation without repairs does not replace the daily one.
    if (repair) await claim.release(complete ? everyMs : RETRY_MS);
    else await claim.release();
  }
}
