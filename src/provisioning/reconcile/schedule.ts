import type { Logger } from 'pino';
import type { Catalog } from '../../catalog';
import type { Database } from '../../database';
import { claimChore, registerChore } from '../../store';
import type { Provider } from '../provider/port';
import { type Report, reconcile, summary } from './reconcile';

/** What the scheduled reconciliations need. */
export interface Schedule {
  db: Database;
  catalog: Catalog;
  providers: ReadonlyMap<string, Provider>;
  log: Logger;
  /** From the end of one to the beginning of the next. */
  everyMs: number;
  /** Aborted when the process is to stop. */
  signal: AbortSignal;
}

/** A claim holds so long without a page being finished. */
const LEASE_MS = 120_000;
/** When one that could not be finished is begun again. */
const AGAIN_MS = 15 * 60_000;

const choreOf = (provider: string) => `reconcile ${provider}`.slice(0, 40);

/** Reconciles with every provider whose turn has come and that no other process is at. */
export async function reconcileDue(schedule: Schedule): Promise<boolean> {
  const { db, providers, everyMs, log } = schedule;
  for (const name of providers.keys()) {
    await registerChore(db, choreOf(name), everyMs);
    const report = await reconcileOnce({ ...schedule, name, repair: true });
    if (report) log.info({ provider: name, findings: report.findings.length }, summary(report));
  }
  return false;
}

/**
 * Reconciles with one provider; undefined while another process does so, or, unless `now`, while it is not due. `onPage`
 * is told how far it is.
 */
export async function reconcileOnce({
  db,
  catalog,
  providers,
  log,
  everyMs,
  signal,
  name,
  repair,
  now = false,
  onPage = () => undefined,
}: Schedule & {
  name: string;
  repair: boolean;
  now?: boolean;
  onPage?: (report: Report) => void;
}): Promise<Report | undefined> {
  const provider = providers.get(name);
  if (!provider) throw new Error(`No provider is called ${name}`);
  await registerChore(db, choreOf(name), everyMs);
  const held = await claimChore(db, choreOf(name), LEASE_MS, now);
  if (!held) return undefined;
  let complete = false;
  try {
    const goOn = async (sofar: Report) => {
      onPage(sofar);
      return !signal.aborted && (await held.renew());
    };
    const report = await reconcile({ db, catalog, name, provider, log, repair, goOn });
    complete = report.complete;
    return report;
  } finally {
    // One that repaired nothing does not take the place of the daily one.
    if (repair) await held.release(complete ? everyMs : AGAIN_MS);
    else await held.release();
  }
}
