import { Gauge, Histogram, type Registry } from 'prom-client';
import { PUSH_SECONDS } from './buckets';

/** Of the event log and of those who read it. */
export function streamMetrics(registry: Registry) {
  const registers = [registry];
  return {
    head: new Gauge({
      name: 'skybasket_event_log_head',
      help: 'The number of the last event that this process has seen.',
      registers,
    }),
    lag: new Gauge({
      name: 'skybasket_event_log_lag_events',
      help: 'Numbered events that this process has not seen yet.',
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
      help: 'Time from when an event occurred, on whichever process, until its message was written to live readers here.',
      buckets: PUSH_SECONDS,
      registers,
    }),
  };
}
