import type { Aspect, Difference } from './rules';

/** Difference between a subscription and the provider. */
export interface Drift {
  subscriptionId: string;
  difference: Difference;
  outcome: 'repairing' | 'reported';
}

/** Aspect of a subscription that the provider does not report. */
export interface Unverifiable {
  subscriptionId: string;
  unverifiable: Aspect;
  outcome: 'pushing' | 'reported';
}

/** Result of the reconciliation of a subscription. */
export type Result = Drift | Unverifiable;

/** Report of a reconciliation. */
export interface ReconciliationReport {
  provider: string;
  checked: number;
  /** Number of subscriptions whose check failed with a fault of the provider. */
  unanswered: number;
  drifts: Drift[];
  /** Number of subscriptions by the aspect that the provider does not report. */
  unverifiable: Record<Aspect, number>;
  /** Number of these aspects that are set again. */
  pushed: number;
  /** Whether every subscription was checked. */
  complete: boolean;
}

/** Creates the report of a reconciliation that begins. */
export const newReport = (provider: string): ReconciliationReport => ({
  provider,
  checked: 0,
  unanswered: 0,
  drifts: [],
  unverifiable: { ADDONS: 0, PRODUCT: 0, SUSPENSION: 0 },
  pushed: 0,
  complete: false,
});

/** Adds a result to a report. */
export function addTo(report: ReconciliationReport, result: Result): void {
  if ('difference' in result) {
    report.drifts.push(result);
    return;
  }
  report.unverifiable[result.unverifiable] += 1;
  if (result.outcome === 'pushing') report.pushed += 1;
}

/** Report as a sentence. */
export const summary = (report: ReconciliationReport): string =>
  `Reconciled with ${report.provider}: ${describeCounts(report)}.`;

/** Counts of a report, as a list. */
export function describeCounts(report: ReconciliationReport): string {
  const { checked, unanswered, drifts, unverifiable, pushed, complete } = report;
  const repaired = drifts.filter(({ outcome }) => outcome === 'repairing').length;
  const parts = [`${checked} checked`, `${drifts.length} differ`, `${repaired} being repaired`];
  for (const [aspect, count] of Object.entries(unverifiable)) {
    if (count > 0) parts.push(`${aspect} of ${count} unverifiable`);
  }
  if (pushed > 0) parts.push(`${pushed} being set again`);
  if (unanswered > 0) parts.push(`${unanswered} without an answer`);
  if (!complete) parts.push('stopped before the end');
  return parts.join(', ');
}
