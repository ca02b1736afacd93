import { SpanKind } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { Catalog } from '../catalog';
import type { Database } from '../database';
import type { ProvisioningOperation } from '../entities';
import { JobWorker, type LaneLimits, type LaneUse, type RetryPolicy } from '../jobs';
import { inTrackedSpan, makeTrackedRoot, type ProvisioningMetrics } from '../observability';
import { carryOut } from './carry-out';
import { OPERATIONS } from './operations';
import { type Provider, ProviderFault } from './provider/port';

/** The clients of the providers, by the name that services give them. */
export type Providers = ReadonlyMap<string, Provider>;

/** What a worker is made of. */
export interface WorkerOptions {
  db: Database;
  catalog: Catalog;
  providers: Providers;
  retries: RetryPolicy;
  log: Logger;
  metrics: ProvisioningMetrics;
  /** How long a claim holds without being renewed: longer than any call to a provider may take. */
  leaseMs: number;
  /** How long a worker that is to stop waits for the calls that are out. */
  drainMs: number;
  /** Aborted when the process must end now: calls that are out are given up at once. */
  hurry?: AbortSignal;
  /** For each provider. */
  limits?: LaneLimits;
}

/** The longest pause between two looks for work that nobody in this process announced. */
const IDLE_MS = 1000;

/** More faults than one operation has attempts: a single sick account never closes the provider to the others. */
const defaultLimits: LaneLimits = { slots: 32, breakAfter: 10, openMs: 5_000 };

/** Carries operations out, a lane for each provider; those of a provider that it does not know are left alone. */
export class Worker {
  private readonly jobs: JobWorker<ProvisioningOperation>;

  constructor({ providers, retries, limits = defaultLimits, ...options }: WorkerOptions) {
    const { db, catalog, log, metrics } = options;
    this.jobs = new JobWorker({
      ...options,
      table: OPERATIONS,
      topic: 'operations',
      idleMs: IDLE_MS,
      lanes: {
        limits,
        only: [...providers.keys()],
        // A refusal is an answer: only faults that may pass say that the provider is sick.
        sick: error => error instanceof ProviderFault && error.retryable && !error.isBlameless,
        onCircuit: (provider, open) =>
          log.warn(
            { provider },
            open ? 'circuit breaker of the provider opened' : 'circuit breaker of the provider closed',
          ),
      },
      naming: ({ id, trackId }) => ({ operation: id, trackId }),
      carryOut: (operation, hand) => {
        const provider = providers.get(operation.provider);
        if (!provider) throw new Error(`${operation.id} was claimed for a provider that is not known`);
        const tools = { ...hand, db, catalog, provider, retries, metrics };
        return traced(operation, () => carryOut(operation, tools));
      },
    });
  }

  start(): void {
    this.jobs.start();
  }

  /** Drains: see `JobWorker.stop`. */
  stop(): Promise<void> {
    return this.jobs.stop();
  }

  /** How each provider is used now, for the metrics. */
  get lanesInUse(): LaneUse[] {
    return this.jobs.lanesInUse;
  }
}

/** In the trace of the operation, whose root is made by whoever is the first to claim it: it tells how long it waited. */
function traced(operation: ProvisioningOperation, work: () => Promise<void>): Promise<void> {
  const { id, kind, trackId, token, createdAt, orderId, subscriptionId } = operation;
  const attributes = {
    'skybasket.operation.id': id,
    'skybasket.subscription.id': subscriptionId,
    ...(orderId && { 'skybasket.order.id': orderId }),
  };
  if (token === 1) makeTrackedRoot(trackId, `${kind} is waiting`, createdAt, attributes);
  return inTrackedSpan(trackId, kind, { kind: SpanKind.CONSUMER, attributes }, work);
}
