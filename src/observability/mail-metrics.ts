import type { Registry } from 'prom-client';
import { metricFactory } from './metric-factory';

/** Creates the metrics of mails. The first two have the same value in every process: take their maximum. */
export function mailMetrics(registry: Registry) {
  const { counter, gauge } = metricFactory(registry);
  return {
    pending: gauge('skybasket_mails_pending', 'Mails in the whole database that are not sent or given up.'),
    oldest: gauge('skybasket_mails_oldest_seconds', 'Age of the oldest pending mail, 0 if there is none.'),
    sent: counter('skybasket_mails_sent_total', 'Mails that the mail server accepted.'),
    failedAttempts: counter(
      'skybasket_mail_attempts_failed_total',
      'Attempts that the mail server did not accept. They are retried, or the mail is given up.',
    ),
    failed: counter('skybasket_mails_failed_total', 'Mails that were given up.'),
  };
}
