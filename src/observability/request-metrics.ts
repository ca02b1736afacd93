import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { REQUEST_SECONDS } from './buckets';

/** Of requests, on every transport. An `operation` that no document of our own clients has is called `other`. */
export function requestMetrics(registry: Registry) {
  const registers = [registry];
  return {
    seconds: new Histogram({
      name: 'skybasket_request_seconds',
      help: 'Time to execute an operation, or to begin a stream; outcome is ok, error, or gone for a client that left. Answers kept in memory are not executed and not in here.',
      labelNames: ['operation', 'transport', 'outcome'] as const,
      buckets: REQUEST_SECONDS,
      registers,
    }),
    errors: new Counter({
      name: 'skybasket_request_errors_total',
      help: 'Executed operations that ended with an error of the request, by the code of the first (docs/errors.md). Errors that are data are answers.',
      labelNames: ['code'] as const,
      registers,
    }),
    cost: new Counter({
      name: 'skybasket_request_cost_points_total',
      help: 'Points that callers were charged for executed operations.',
      labelNames: ['operation'] as const,
      registers,
    }),
    statements: new Counter({
      name: 'skybasket_request_statements_total',
      help: 'Statements that executed operations sent to the database.',
      labelNames: ['operation'] as const,
      registers,
    }),
    deprecated: new Counter({
      name: 'skybasket_deprecated_uses_total',
      help: 'Operations that used something deprecated, by what it was (Type.field, Type.field(argument:), Enum.VALUE).',
      labelNames: ['element'] as const,
      registers,
    }),
    responses: new Counter({
      name: 'skybasket_http_responses_total',
      help: 'Answers over HTTP by status, of every path. A stream over SSE counts when it ends.',
      labelNames: ['status'] as const,
      registers,
    }),
    inFlight: new Gauge({
      name: 'skybasket_requests_in_flight',
      help: 'GraphQL requests that are being answered, on every transport. Beyond MAX_IN_FLIGHT more are refused.',
      registers,
    }),
    inFlightLimit: new Gauge({
      name: 'skybasket_requests_in_flight_limit',
      help: 'MAX_IN_FLIGHT.',
      registers,
    }),
    rejected: new Counter({
      name: 'skybasket_requests_turned_away_total',
      help: 'Requests that were refused because MAX_IN_FLIGHT or IN_FLIGHT_PER_CALLER was reached.',
      registers,
    }),
    openSockets: new Gauge({
      name: 'skybasket_open_connections',
      help: 'Open TCP connections to the port of the graph.',
      registers,
    }),
    closedSockets: new Counter({
      name: 'skybasket_connections_closed_at_limit_total',
      help: 'Connections without a complete request that were closed, by the limit that was reached: connections or unread_bytes.',
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
      help: 'Answers that depend on the catalog alone and are kept in memory.',
      registers,
    }),
    cachedAnswersSent: new Counter({
      name: 'skybasket_kept_answers_sent_total',
      help: 'Requests that were answered with a kept answer, without being executed.',
      registers,
    }),
  };
}
