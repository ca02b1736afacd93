import { Counter, Gauge, type Registry } from 'prom-client';

/** Creates the metrics of the database. */
export function databaseMetrics(registry: Registry) {
  const registers = [registry];
  return {
    reachable: new Gauge({
      name: 'skybasket_database_reachable',
      help: '1 if the statements of the last scrape met their deadline. 0 means that values read from tables are stale.',
      registers,
    }),
    restarts: new Counter({
      name: 'skybasket_database_restarts_total',
      help: 'Transactions retried after a deadlock, a failed certification or a lost connection.',
      registers,
    }),
    connections: new Gauge({
      name: 'skybasket_database_pool_connections',
      help: 'Connections of the pool, in use or idle.',
      labelNames: ['state'] as const,
      registers,
    }),
    limit: new Gauge({
      name: 'skybasket_database_pool_limit',
      help: 'DATABASE_POOL.',
      registers,
    }),
    prepared: new Gauge({
      name: 'skybasket_database_prepared_statements',
      help: 'Statements that the connections of this gateway keep prepared on the server.',
      registers,
    }),
    preparedRefused: new Counter({
      name: 'skybasket_database_prepared_refused_total',
      help: 'Statements that the server had no room to prepare (error 1461). They were sent as text.',
      registers,
    }),
    waiting: new Gauge({
      name: 'skybasket_database_pool_waiting',
      help: 'Statements and units of work that wait for a connection.',
      registers,
    }),
  };
}
