import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { REQUEST_SECONDS } from './buckets';

/** Creates the metrics of requests, on every transport. `operation` is `other` for operations outside the trusted documents. */
export function requestMetrics(registry: Registry) {
  const registers = [registry];
  return {
    seconds: new Histogram({
      name: 'skybasket_request_seconds',
      help: 'Time to execute an operation or to start a stream, by outcome: ok, error, or gone for a client that disconnected. Cached answers are not included.',
      labelNames: ['operation', 'transport', 'outcome'] as const,
      buckets: REQUEST_SECONDS,
      registers,
    }),
    errors: new Counter({
      name: 'skybasket_request_errors_total',
      help: 'Executed operations with a top-level error, by the code of the first one (docs/errors.md). Errors that are data are not included.',
      labelNames: ['code'] as const,
      registers,
    }),
    cost: new Counter({
      name: 'skybasket_request_cost_points_total',
      help: 'Cost points charged for executed operations.',
      labelNames: ['operation'] as const,
      registers,
    }),
    statements: new Counter({
      name: 'skybasket_request_statements_total',
      help: 'Database statements of executed operations.',
      labelNames: ['operation'] as const,
      registers,
    }),
    deprecated: new Counter({
      name: 'skybasket_deprecated_uses_total',
      help: 'Operations that used a deprecated element, by element (Type.field, Type.field(argument:), Enum.VALUE).',
      labelNames: ['element'] as const,
      registers,
    }),
    responses: new Counter({
      name: 'skybasket_http_responses_total',
      help: 'HTTP responses by status, on every path. A stream over SSE counts when it ends.',
      labelNames: ['status'] as const,
      registers,
    }),
    inFlight: new Gauge({
      name: 'skybasket_requests_in_flight',
      help: 'GraphQL requests in flight, on every transport. Requests beyond MAX_IN_FLIGHT are refused.',
      registers,
    }),
    inFlightLimit: new Gauge({
      name: 'skybasket_requests_in_flight_limit',
      help: 'Limit on requests in flight (MAX_IN_FLIGHT).',
      registers,
    }),
    rejected: new Counter({
      name: 'skybasket_requests_turned_away_total',
      help: 'Requests refused at MAX_IN_FLIGHT or IN_FLIGHT_PER_CALLER.',
      registers,
    }),
    openSockets: new Gauge({
      name: 'skybasket_open_connections',
      help: 'Open TCP connections to the port of the graph.',
      registers,
    }),
    closedSockets: new Counter({
      name: 'skybasket_connections_closed_at_limit_total',
      help: 'Connections without a complete request that were closed at a limit, by limit: connections or unread_bytes.',
      labelNames: ['limit'] as const,
      registers,
    }),
    unreadBytes: new Gauge({
      name: 'skybasket_unread_bytes',
      help: 'Bytes of incomplete requests in memory.',
      registers,
    }),
    cachedAnswers: new Gauge({
      name: 'skybasket_kept_answers',
      help: 'Cached answers, which depend on the catalog only.',
      registers,
    }),
    cachedAnswersSent: new Counter({
      name: 'skybasket_kept_answers_sent_total',
      help: 'Requests answered from the cache, without an execution.',
      registers,
    }),
  };
}
