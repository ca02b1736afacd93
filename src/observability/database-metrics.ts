import type { Registry } from 'prom-client';
import { metricFactory } from './metric-factory';

/** Creates the metrics of the database. */
export function databaseMetrics(registry: Registry) {
  const { counter, gauge } = metricFactory(registry);
  return {
    reachable: gauge(
      'skybasket_database_reachable',
      '1 if the statements of the last scrape met their deadline. 0 means that values read from tables are stale.',
    ),
    restarts: counter(
      'skybasket_database_restarts_total',
      'Transactions retried after a deadlock, a failed certification or a lost connection.',
    ),
    connections: gauge('skybasket_database_pool_connections', 'Connections of the pool, in use or idle.', [
      'state',
    ]),
    limit: gauge('skybasket_database_pool_limit', 'DATABASE_POOL.'),
    prepared: gauge(
      'skybasket_database_prepared_statements',
      'Statements that the connections of this gateway keep prepared on the server.',
    ),
    preparedRefused: counter(
      'skybasket_database_prepared_refused_total',
      'Statements that the server had no room to prepare (error 1461). They were sent as text.',
    ),
    waiting: gauge(
      'skybasket_database_pool_waiting',
      'Statements and units of work that wait for a connection.',
    ),
  };
}
