import { type Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { databaseMetrics } from './database-metrics';
import { identityMetrics } from './identity-metrics';
import { processMetrics } from './process-metrics';
import { provisioningMetrics } from './provisioning-metrics';
import { requestMetrics } from './request-metrics';
import { streamMetrics } from './stream-metrics';

/**
 * What one gateway counts and measures, each metric defined once. What happens is recorded when it happens; what is (a
 * pool's use, the operations that wait) is read at every scrape.
 */
export class Metrics {
  /** Its own: two gateways in one process do not count into each other. */
  readonly registry = new Registry();
  readonly requests = requestMetrics(this.registry);
  readonly provisioning = provisioningMetrics(this.registry);
  readonly streams = streamMetrics(this.registry);
  readonly database = databaseMetrics(this.registry);
  readonly identity = identityMetrics(this.registry);
  readonly process = processMetrics(this.registry);
  private readonly readings: (() => Promise<void> | void)[] = [];

  /** Adds what Node tells of the process: processor, memory, garbage collection, the delay of the event loop. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Calls `read` at every scrape, to set what is read rather than counted. It must not throw. */
  atScrape(read: () => Promise<void> | void): void {
    this.readings.push(read);
  }

  /** All of it, in Prometheus' text format. */
  async scrape(): Promise<string> {
    await Promise.all(this.readings.map(read => read()));
    return this.registry.metrics();
  }
}

/** Makes `counter` show a total that is counted elsewhere. */
export function setTotal(counter: Pick<Counter, 'reset' | 'inc'>, total: number): void {
  counter.reset();
  counter.inc(total);
}
