import { type Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { databaseMetrics } from './database-metrics';
import { identityMetrics } from './identity-metrics';
import { ledgerMetrics } from './ledger-metrics';
import { mailMetrics } from './mail-metrics';
import { processMetrics } from './process-metrics';
import { provisioningMetrics } from './provisioning-metrics';
import { requestMetrics } from './request-metrics';
import { streamMetrics } from './stream-metrics';
import { webhookMetrics } from './webhook-metrics';

/** Metrics of one gateway. Events are counted when they happen; states are collected at every scrape. */
export class Metrics {
  /** Registry of its own, so that two gateways in one process do not share counters. */
  readonly registry = new Registry();
  readonly requests = requestMetrics(this.registry);
  readonly provisioning = provisioningMetrics(this.registry);
  readonly streams = streamMetrics(this.registry);
  readonly database = databaseMetrics(this.registry);
  readonly identity = identityMetrics(this.registry);
  readonly mail = mailMetrics(this.registry);
  readonly webhooks = webhookMetrics(this.registry);
  readonly ledger = ledgerMetrics(this.registry);
  readonly process = processMetrics(this.registry);
  private readonly collectors: (() => Promise<void> | void)[] = [];

  /** Adds the metrics of the Node process: CPU, memory, garbage collection, event loop delay. */
  collectProcessMetrics(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Calls `collect` at every scrape, to set metrics of states. It must not throw. */
  onScrape(collect: () => Promise<void> | void): void {
    this.collectors.push(collect);
  }

  /** Collects all metrics in the text format of Prometheus. */
  async scrape(): Promise<string> {
    await Promise.all(this.collectors.map(collect => collect()));
    return this.registry.metrics();
  }
}

/** Sets a counter to a total that is counted elsewhere. */
export function setTotal(counter: Pick<Counter, 'reset' | 'inc'>, total: number): void {
  counter.reset();
  counter.inc(total);
}
