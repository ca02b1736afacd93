import { SpanKind } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { Catalog } from '../catalog';
import type { Database } from '../database';
import type { ProvisioningOperation } from '../entities';
import { JobWorker, type LaneLimits, type LaneUsage, type RetryPolicy } from '../jobs';
import { inTrackedSpan, type ProvisioningMetrics, recordTrackedRoot } from '../observability';
import { ProviderFault, type Providers } from '../providers';
import { OPERATIONS } from './job-table';
import { runOperation } from './run-operation';

/** Options of a worker. */
export interface WorkerOptions {
  db: Database;
  catalog: Catalog;
  providers: Providers;
  retries: RetryPolicy;
  log: Logger;
  metrics: ProvisioningMetrics;
  /** Business time, for billing periods. */
  clock: () => Date;
  /** Lease of a claim, in milliseconds. Must be longer than the timeout of a call. */
  leaseMs: number;
  /** Time that `stop` waits for calls in flight, in milliseconds. */
  drainMs: number;
  /** Aborts the calls in flight at once, without waiting for `drainMs`. */
  forceStop?: AbortSignal;
  /** Limits of each provider. Defaults to 32 slots and a circuit breaker of 10 failures and 5 seconds. */
  limits?: LaneLimits;
}

/** Longest pause between two polls for due operations, in milliseconds. A commit in this process wakes the worker earlier. */
const MAX_IDLE_MS = 1000;

/** The failure threshold is higher than the attempts of one operation, so that one bad account never opens the circuit. */
const defaultLimits: LaneLimits = { slots: 32, failureThreshold: 10, openMs: 5_000 };

/** Runs operations, in one lane per provider. Operations of providers that this process does not have stay PENDING. */
export class ProvisioningWorker {
  private readonly jobs: JobWorker<ProvisioningOperation>;

  constructor({ providers, retries, limits = defaultLimits, ...options }: WorkerOptions) {
    const { db, catalog, clock, log, metrics } = options;
    this.jobs = new JobWorker({
      ...options,
      table: OPERATIONS,
      topic: 'operations',
      idleMs: MAX_IDLE_MS,
      lanes: {
        limits,
        names: [...providers.keys()],
        // A refusal is a response: only retryable faults show that the provider is unhealthy.
        countsAsFailure: error => error instanceof ProviderFault && error.retryable && !error.isBlameless,
        onCircuitChange: (provider, open) =>
          log.warn(
            { provider },
            open ? 'circuit breaker of the provider opened' : 'circuit breaker of the provider closed',
          ),
      },
      logFields: ({ id, trackId }) => ({ operation: id, trackId }),
      run: (operation, claim) => {
        const provider = providers.get(operation.provider);
        if (!provider) throw new Error(`${operation.id} was claimed for an unknown provider`);
        const context = { ...claim, db, catalog, clock, provider, retries, metrics };
        return inOperationTrace(operation, () => runOperation(operation, context));
      },
    });
  }

  start(): void {
    this.jobs.start();
  }

  /** Drains the worker (see `JobWorker.stop`). */
  stop(): Promise<void> {
    return this.jobs.stop();
  }

  /** Usage of each provider's lane, for the metrics. */
  get laneUsage(): LaneUsage[] {
    return this.jobs.laneUsage;
  }
}

/** Runs `work` in the trace of the operation. The first claim creates the root span, which shows the wait for a worker. */
function inOperationTrace(operation: ProvisioningOperation, work: () => Promise<void>): Promise<void> {
  const { id, kind, trackId, token, createdAt, orderId, subscriptionId } = operation;
  const attributes = {
    'skybasket.operation.id': id,
    'skybasket.subscription.id': subscriptionId,
    ...(orderId && { 'skybasket.order.id': orderId }),
  };
  if (token === 1) recordTrackedRoot(trackId, `${kind} is waiting`, createdAt, attributes);
  return inTrackedSpan(trackId, kind, { kind: SpanKind.CONSUMER, attributes }, work);
}
