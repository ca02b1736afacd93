import { Counter, Gauge, type Registry } from 'prom-client';

/** Creates the metrics of the process and its environment. */
export function processMetrics(registry: Registry) {
  const registers = [registry];
  return {
    clockSkew: new Gauge({
      name: 'skybasket_clock_skew_seconds',
      help: "Seconds by which the process's clock is ahead of the database's. Beyond 5 in either direction, due cancellations and retention wait.",
      registers,
    }),
    droppedLines: new Counter({
      name: 'skybasket_log_lines_dropped_total',
      help: 'Log lines that could not be written: the disk is full, or nothing reads the log.',
      registers,
    }),
    descriptorsExhausted: new Gauge({
      name: 'skybasket_descriptors_exhausted',
      help: '1 while the process can open no more files or connections. Raise the limit of open files.',
      registers,
    }),
  };
}
