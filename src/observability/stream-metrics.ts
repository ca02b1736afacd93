import type { Registry } from 'prom-client';
import { PUSH_SECONDS } from './buckets';
import { metricFactory } from './metric-factory';

/** Creates the metrics of the event log and of streams. */
export function streamMetrics(registry: Registry) {
  const { gauge, histogram } = metricFactory(registry);
  return {
    head: gauge('skybasket_event_log_head', 'Sequence number of the last event that this process has read.'),
    lag: gauge('skybasket_event_log_lag_events', 'Numbered events that this process has not read yet.'),
    unnumbered: gauge(
      'skybasket_event_log_unnumbered_seconds',
      'Age of the oldest committed event without a number, 0 if there is none.',
    ),
    connections: gauge('skybasket_stream_connections', 'Open connections, WebSocket and SSE.'),
    readers: gauge(
      'skybasket_stream_readers',
      'Open subscriptions: live at the head of the log, or replaying events.',
      ['place'],
    ),
    furthestBehind: gauge(
      'skybasket_stream_reader_lag_events',
      'Events between the head of the log and the reader that is furthest behind.',
    ),
    deliverySeconds: histogram(
      'skybasket_stream_delivery_seconds',
      'Time from an event, on any process, until its message was written to the live readers of this process.',
      PUSH_SECONDS,
    ),
  };
}
