import type { Registry } from 'prom-client';
import { metricFactory } from './metric-factory';

/** Creates the metrics of webhooks. They have the same value in every process: take their maximum. */
export function webhookMetrics(registry: Registry) {
  const { gauge } = metricFactory(registry);
  return {
    pending: gauge(
      'skybasket_webhook_deliveries_pending',
      'Deliveries of enabled webhooks in the whole database that are not delivered or given up.',
    ),
    oldest: gauge(
      'skybasket_webhook_deliveries_oldest_seconds',
      'Age of the oldest pending delivery of an enabled webhook, 0 if there is none.',
    ),
  };
}
