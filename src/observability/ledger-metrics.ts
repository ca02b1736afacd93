import type { Registry } from 'prom-client';
import { metricFactory } from './metric-factory';

/** Creates the metrics of the ledger. `charges` and `overdue` have the same value in every process: take their maximum. */
export function ledgerMetrics(registry: Registry) {
  const { counter, gauge } = metricFactory(registry);
  return {
    charges: counter(
      'skybasket_charges_total',
      'Charges in the whole database whose events this process has read since its start.',
      ['kind'],
    ),
    overdue: gauge(
      'skybasket_renewals_overdue_seconds',
      'Longest time that a billing period has begun and is not charged, 0 if there is none. Does not count a period that waits for a scheduled change or cancellation.',
    ),
    failures: counter(
      'skybasket_renewal_failures_total',
      'Attempts of this process to charge a subscription whose charges could not be computed. They are repeated.',
    ),
  };
}
