import type { Logger } from 'pino';
import { typeid } from 'typeid-js';
import type { Catalog } from '../../catalog';
import { currentTime } from '../../clock';
import type { Database } from '../../database';
import { type CloudSubscription, OperationKind, ProvisioningOperation } from '../../entities';
import { record } from '../../events';
import { type Provider, ProviderFault } from '../../providers';
import { findLastOperation, findNextToCompare } from '../../store';
import { loadJob } from '../job';
import { synchronizedRecipient } from '../steps/synchronized-recipient';
import { toProviderSubscription } from '../to-provider';
import { isRepairedBy, isSetBy, type RepairOptions, repairDifferences } from './repair';
import { addTo, newReport, type ReconciliationReport, type Result, summary } from './report';
import { compare } from './rules';

/** Options of a reconciliation. */
export interface ReconcileOptions extends RepairOptions {
  db: Database;
  catalog: Catalog;
  name: string;
  provider: Provider;
  log: Logger;
  /** Called with each difference and each unverifiable aspect. */
  onResult: (result: Result) => void;
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
  const report = newReport(name);
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
  task: ReconcileOptions,
  subscription: CloudSubscription,
  report: ReconciliationReport,
): Promise<boolean> {
  const { db, provider, log } = task;
  const job = await loadComparable(task, subscription);
  if (!job) return true;
  const trackId = typeid('trk').toString();
  try {
    const expected = toProviderSubscription(job, synchronizedRecipient(job));
    const holding = await provider.inspect(expected, { trackId });
    report.checked += 1;
    const comparison = compare(job, holding, provider.suspendSubscription !== undefined);
    const kind = await repairDifferences(db, job, comparison, task);
    if (kind === 'moved') return true;
    const subscriptionId = subscription.id;
    const results: Result[] = comparison.findings.map(finding => {
      const outcome = isRepairedBy(finding, kind) ? 'repairing' : 'reported';
      return { subscriptionId, difference: finding.difference, outcome };
    });
    for (const unverifiable of comparison.unverifiable) {
      const outcome = isSetBy(unverifiable, kind) ? 'pushing' : 'reported';
      results.push({ subscriptionId, unverifiable, outcome });
    }
    for (const result of results) {
      addTo(report, result);
      task.onResult(result);
      if ('difference' in result) log.warn({ ...result, trackId }, 'subscription differs from the provider');
    }
    return true;
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    report.unanswered += 1;
    log.warn({ subscription: subscription.id, code: error.code, trackId }, error.message);
    return !error.retryable;
  }
}

/** Loads a subscription with its last operation as one that changes no contents: the records count, not what was to come. */
async function loadComparable({ db, catalog, provider }: ReconcileOptions, { id }: CloudSubscription) {
  const last = await findLastOperation(db, id);
  if (!last) return undefined;
  const contents = { kind: OperationKind.DEPROVISION, addons: [], changeId: null };
  const subject = Object.assign(new ProvisioningOperation(), last, contents);
  return loadJob(db, catalog, subject, {
    leaseMs: 0,
    needsAccounts: provider.accounts !== undefined,
    clock: currentTime,
  });
}
