import type { Registry } from 'prom-client';
import { REQUEST_SECONDS } from './buckets';
import { metricFactory } from './metric-factory';

/** Creates the metrics of requests, on every transport. `operation` is `other` for operations outside the trusted documents. */
export function requestMetrics(registry: Registry) {
  const { counter, gauge, histogram } = metricFactory(registry);
  return {
    seconds: histogram(
      'skybasket_request_seconds',
      'Time to execute an operation or to start a stream, by outcome: ok, error, or gone for a client that disconnected. Cached answers are not included.',
      REQUEST_SECONDS,
      ['operation', 'transport', 'outcome'],
    ),
    errors: counter(
      'skybasket_request_errors_total',
      'Executed operations with a top-level error, by the code of the first one (docs/errors.md). Errors that are data are not included.',
      ['code'],
    ),
    cost: counter('skybasket_request_cost_points_total', 'Cost points charged for executed operations.', [
      'operation',
    ]),
    statements: counter('skybasket_request_statements_total', 'Database statements of executed operations.', [
      'operation',
    ]),
    deprecated: counter(
      'skybasket_deprecated_uses_total',
      'Operations that used a deprecated element, by element (Type.field, Type.field(argument:), Enum.VALUE).',
      ['element'],
    ),
    responses: counter(
      'skybasket_http_responses_total',
      'HTTP responses by status, on every path. A stream over SSE counts when it ends.',
      ['status'],
    ),
    inFlight: gauge(
      'skybasket_requests_in_flight',
      'GraphQL requests in flight, on every transport. Requests beyond MAX_IN_FLIGHT are refused.',
    ),
    inFlightLimit: gauge(
      'skybasket_requests_in_flight_limit',
      'Limit on requests in flight (MAX_IN_FLIGHT).',
    ),
    rejected: counter(
      'skybasket_requests_rejected_total',
      'Requests refused at MAX_IN_FLIGHT or IN_FLIGHT_PER_CALLER.',
    ),
    openSockets: gauge('skybasket_open_connections', 'Open TCP connections to the port of the graph.'),
    closedSockets: counter(
      'skybasket_connections_closed_at_limit_total',
      'Connections without a complete request that were closed at a limit, by limit: connections or unread_bytes.',
      ['limit'],
    ),
    unreadBytes: gauge('skybasket_unread_bytes', 'Bytes of incomplete requests in memory.'),
    cachedAnswers: gauge('skybasket_cached_answers', 'Cached answers, which depend on the catalog only.'),
    cachedAnswersSent: counter(
      'skybasket_cached_answers_sent_total',
      'Requests answered from the cache, without an execution.',
    ),
  };
}
