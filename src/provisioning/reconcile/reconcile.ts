import type { Logger } from 'pino';
import { typeid } from 'typeid-js';
import type { Catalog } from '../../catalog';
import type { Database } from '../../database';
import { type CloudSubscription, ProvisioningOperation } from '../../entities';
import { record } from '../../events';
import { findLastOperation, findNextToCompare } from '../../store';
import { loadJob, toProviderSubscription } from '../job';
import { type Provider, ProviderFault } from '../provider/port';
import { knownAccount } from '../steps/known-account';
import { type Outcome, settleDifference } from './repair';
import { compare, type Difference } from './rules';

/** One subscription that differs. */
export interface Finding {
  subscriptionId: string;
  difference: Difference;
  outcome: Outcome;
}

/** What a reconciliation found. */
export interface Report {
  provider: string;
  checked: number;
  /** Subscriptions about which the provider did not answer. */
  unanswered: number;
  findings: Finding[];
  /** False: it was stopped before it had asked about all. */
  complete: boolean;
}

/** How a reconciliation is made. */
export interface Reconciling {
  db: Database;
  catalog: Catalog;
  name: string;
  provider: Provider;
  log: Logger;
  /** False only reports. */
  repair: boolean;
  /** Asked after every page; false stops it. */
  goOn: (report: Report) => Promise<boolean>;
}

const PAGE = 100;
/** Subscriptions asked about at once: a small part of what provisioning may use. */
const AT_ONCE = 4;
/** So many questions without an answer in a row end it: the provider is not there. */
const PATIENCE = 10;

/**
 * Asks the provider about every subscription that nothing is being done about, and settles by `rules.ts` what differs. May
 * be repeated and interrupted at any time: it keeps nothing but what it tells of.
 */
export async function reconcile(task: Reconciling): Promise<Report> {
  const { db, name } = task;
  const report: Report = { provider: name, checked: 0, unanswered: 0, findings: [], complete: false };
  let silent = 0;
  for (let after = ''; ; ) {
    const page = await findNextToCompare(db, name, after, PAGE);
    const queue = [...page];
    const work = async () => {
      for (let next = queue.shift(); next && silent < PATIENCE; next = queue.shift()) {
        silent = (await check(task, next, report)) ? 0 : silent + 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    after = page.at(-1)?.id ?? after;
    report.complete = page.length < PAGE && silent < PATIENCE;
    const ended = report.complete || silent >= PATIENCE;
    if (!(await task.goOn(report)) || ended) break;
  }
  await db.transaction(async tx => record(tx, { type: 'provider.reconciled', message: summary(report) }));
  return report;
}

/** Resolves to whether the provider answered. */
async function check(
  { db, catalog, provider, log, repair }: Reconciling,
  subscription: CloudSubscription,
  report: Report,
): Promise<boolean> {
  const last = await findLastOperation(db, subscription.id);
  if (!last) return true;
  const about = Object.assign(new ProvisioningOperation(), last, { addons: [] });
  const keepsAccounts = provider.accounts !== undefined;
  const job = await loadJob(db, catalog, about, { leaseMs: 0, keepsAccounts });
  const asked = toProviderSubscription(job, knownAccount(job));
  const trackId = typeid('trk').toString();
  try {
    const difference = compare(job, await provider.inspect(asked, { trackId }));
    report.checked += 1;
    if (!difference) return true;
    const outcome = await settleDifference(db, job, difference, repair);
    log.warn(
      { subscription: subscription.id, difference, outcome, trackId },
      'the provider has something else',
    );
    if (outcome !== 'moved') report.findings.push({ subscriptionId: subscription.id, difference, outcome });
    return true;
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    report.unanswered += 1;
    log.warn({ subscription: subscription.id, code: error.code, trackId }, error.message);
    return !error.retryable;
  }
}

/** The report in one sentence. */
export function summary({ provider, checked, unanswered, findings, complete }: Report): string {
  const repaired = findings.filter(({ outcome }) => outcome === 'repairing').length;
  const parts = [`${checked} checked`, `${findings.length} differ`, `${repaired} being repaired`];
  if (unanswered > 0) parts.push(`${unanswered} without an answer`);
  if (!complete) parts.push('stopped before the end');
  return `Reconciled with ${provider}: ${parts.join(', ')}.`;
}
