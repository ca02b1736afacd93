import type { Registry } from 'prom-client';
import { metricFactory } from './metric-factory';

/** Creates the metrics of the process and its environment. */
export function processMetrics(registry: Registry) {
  const { counter, gauge } = metricFactory(registry);
  return {
    clockSkew: gauge(
      'skybasket_clock_skew_seconds',
      "Seconds by which the process's clock is ahead of the database's. Beyond 5 in either direction, due cancellations and retention wait.",
    ),
    droppedLines: counter(
      'skybasket_log_lines_dropped_total',
      'Log lines that could not be written: the disk is full, or nothing reads the log.',
    ),
    descriptorsExhausted: gauge(
      'skybasket_descriptors_exhausted',
      '1 while the process can open no more files or connections. Raise the limit of open files.',
    ),
  };
}
