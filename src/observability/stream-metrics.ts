import { Gauge, Histogram, type Registry } from 'prom-client';
import { PUSH_SECONDS } from './buckets';

/** Creates the metrics of the event log and of streams. */
export function streamMetrics(registry: Registry) {
  const registers = [registry];
  return {
    head: new Gauge({
      name: 'skybasket_event_log_head',
      help: 'Sequence number of the last event that this process has read.',
      registers,
    }),
    lag: new Gauge({
      name: 'skybasket_event_log_lag_events',
      help: 'Numbered events that this process has not read yet.',
      registers,
    }),
    unnumbered: new Gauge({
      name: 'skybasket_event_log_unnumbered_seconds',
      help: 'Age of the oldest committed event without a number, 0 if there is none.',
      registers,
    }),
    connections: new Gauge({
      name: 'skybasket_stream_connections',
      help: 'Open connections, WebSocket and SSE.',
      registers,
    }),
    readers: new Gauge({
      name: 'skybasket_stream_readers',
      help: 'Open subscriptions: live at the head of the log, or replaying events.',
      labelNames: ['place'] as const,
      registers,
    }),
    furthestBehind: new Gauge({
      name: 'skybasket_stream_reader_lag_events',
      help: 'Events between the head of the log and the reader that is furthest behind.',
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'skybasket_stream_delivery_seconds',
      help: 'Time from an event, on any process, until its message was written to the live readers of this process.',
      buckets: PUSH_SECONDS,
      registers,
    }),
  };
}
