import type { Logger } from 'pino';
import { typeid } from 'typeid-js';
import type { Catalog } from '../../catalog';
import type { Database } from '../../database';
import { type CloudSubscription, ProvisioningOperation } from '../../entities';
import { record } from '../../events';
import { type Provider, ProviderFault } from '../../providers';
import { findLastOperation, findNextToCompare } from '../../store';
import { loadJob } from '../job';
import { synchronizedRecipient } from '../steps/synchronized-recipient';
import { toProviderSubscription } from '../to-provider';
import { type RepairOutcome, repairDifference } from './repair';
import { compare, type Difference } from './rules';

/** Difference between a subscription and the provider. */
export interface Drift {
  subscriptionId: string;
  difference: Difference;
  outcome: RepairOutcome;
}

/** Result of a reconciliation. */
export interface ReconciliationReport {
  provider: string;
  checked: number;
  /** Number of subscriptions whose check failed with a fault of the provider. */
  unanswered: number;
  drifts: Drift[];
  /** Whether every subscription was checked. */
  complete: boolean;
}

/** Options of a reconciliation. */
export interface ReconcileOptions {
  db: Database;
  catalog: Catalog;
  name: string;
  provider: Provider;
  log: Logger;
  /** Whether to repair drifts. False only reports them. */
  repair: boolean;
  /** Called after every page with the progress. Resolves to false to stop the reconciliation. */
  keepGoing: (report: ReconciliationReport) => Promise<boolean>;
}

const PAGE = 100;
/** Checks in flight: a small part of the slots of provisioning. */
const CONCURRENCY = 4;
/** Retryable faults in a row after which the reconciliation stops: the provider is unavailable. */
const MAX_FAILURES_IN_A_ROW = 10;

/** Compares idle subscriptions with the provider and repairs drifts (`rules.ts`). Keeps no state: can be interrupted. */
export async function reconcile(task: ReconcileOptions): Promise<ReconciliationReport> {
  const { db, name } = task;
  const report: ReconciliationReport = {
    provider: name,
    checked: 0,
    unanswered: 0,
    drifts: [],
    complete: false,
  };
  let failuresInARow = 0;
  for (let after = ''; ; ) {
    const page = await findNextToCompare(db, name, after, PAGE);
    const queue = [...page];
    const work = async () => {
      for (let next = queue.shift(); next && failuresInARow < MAX_FAILURES_IN_A_ROW; next = queue.shift()) {
        failuresInARow = (await check(task, next, report)) ? 0 : failuresInARow + 1;
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    after = page.at(-1)?.id ?? after;
    report.complete = page.length < PAGE && failuresInARow < MAX_FAILURES_IN_A_ROW;
    const ended = report.complete || failuresInARow >= MAX_FAILURES_IN_A_ROW;
    if (!(await task.keepGoing(report)) || ended) break;
  }
  await db.transaction(async tx => record(tx, { type: 'provider.reconciled', message: summary(report) }));
  return report;
}

/** Checks one subscription. Resolves to false on a retryable fault. */
async function check(
  { db, catalog, provider, log, repair }: ReconcileOptions,
  subscription: CloudSubscription,
  report: ReconciliationReport,
): Promise<boolean> {
  const last = await findLastOperation(db, subscription.id);
  if (!last) return true;
  const subject = Object.assign(new ProvisioningOperation(), last, { addons: [] });
  const needsAccounts = provider.accounts !== undefined;
  const job = await loadJob(db, catalog, subject, { leaseMs: 0, needsAccounts });
  const expected = toProviderSubscription(job, synchronizedRecipient(job));
  const trackId = typeid('trk').toString();
  try {
    const difference = compare(job, await provider.inspect(expected, { trackId }));
    report.checked += 1;
    if (!difference) return true;
    const outcome = await repairDifference(db, job, difference, repair);
    log.warn(
      { subscription: subscription.id, difference, outcome, trackId },
      'subscription differs from the provider',
    );
    if (outcome !== 'moved') report.drifts.push({ subscriptionId: subscription.id, difference, outcome });
    return true;
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    report.unanswered += 1;
    log.warn({ subscription: subscription.id, code: error.code, trackId }, error.message);
    return !error.retryable;
  }
}

/** Report as a sentence. */
export function summary({ provider, checked, unanswered, drifts, complete }: ReconciliationReport): string {
  const repaired = drifts.filter(({ outcome }) => outcome === 'repairing').length;
  const parts = [`${checked} checked`, `${drifts.length} differ`, `${repaired} being repaired`];
  if (unanswered > 0) parts.push(`${unanswered} without an answer`);
  if (!complete) parts.push('stopped before the end');
  return `Reconciled with ${provider}: ${parts.join(', ')}.`;
}
