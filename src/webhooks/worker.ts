import type { Logger } from 'pino';
import type { Database } from '../database';
import { DeliveryQueue } from '../entities';
import {
  exponentialBackoff,
  type JobTable,
  JobWorker,
  type LaneLimits,
  type RetryBounds,
  type SharedLimits,
} from '../jobs';
import type { WebhookCounters } from './counters';
import { deliver } from './deliver';
import type { SecretBox } from './secrets';
import { ReceiverFault, type WebhookSender } from './sender';

/** Queues as jobs, in one lane per webhook. */
const QUEUES: JobTable<DeliveryQueue> = { entity: DeliveryQueue, name: 'delivery_queues', lane: 'webhookId' };

/** Longest pause between two polls for due queues, in milliseconds. A commit in this process wakes the worker earlier. */
const MAX_IDLE_MS = 5000;
/** Messages in flight of one process. Receivers that fail or are slow share fewer. */
const SHARED_LIMITS: SharedLimits = { maxJobs: 64, suspects: { maxJobs: 16, slowMs: 1000 } };

const HOUR_MS = 3_600_000;

/** Attempts for five days. A webhook whose every attempt fails is disabled before a delivery is given up. */
const defaultRetryBounds: RetryBounds = {
  firstMs: 2000,
  maxMs: HOUR_MS,
  maxAttempts: Number.POSITIVE_INFINITY,
  totalMs: 5 * 24 * HOUR_MS,
};

const defaultLimits: LaneLimits = { slots: 4, failureThreshold: 10, openMs: 10_000 };

/** Options for tests. */
export interface DeliveryTuning {
  retries?: RetryBounds;
  limits?: LaneLimits;
  disableAfterMs?: number;
}

/** Options of a delivery worker. */
export interface DeliveryOptions extends DeliveryTuning {
  db: Database;
  sender: WebhookSender;
  secrets: SecretBox;
  counters: WebhookCounters;
  log: Logger;
  leaseMs: number;
  drainMs: number;
  forceStop?: AbortSignal;
  disableAfterMs: number;
}

/** Creates the worker that delivers to webhooks, in one lane per webhook, so that one that hangs does not delay others. */
export function createDeliveryWorker(options: DeliveryOptions): JobWorker<DeliveryQueue> {
  const { db, log, leaseMs, drainMs, forceStop, limits = defaultLimits } = options;
  const retries = exponentialBackoff(options.retries ?? defaultRetryBounds);
  return new JobWorker({
    db,
    log,
    leaseMs,
    drainMs,
    ...(forceStop && { forceStop }),
    table: QUEUES,
    topic: 'deliveries',
    idleMs: MAX_IDLE_MS,
    lanes: {
      limits,
      sharedLimits: SHARED_LIMITS,
      countsAsFailure: error => error instanceof ReceiverFault && !error.isBlameless,
      onCircuitChange: (webhook, open) =>
        log.info(
          { webhook },
          open ? 'circuit breaker of the receiver opened' : 'circuit breaker of the receiver closed',
        ),
    },
    logFields: ({ id, webhookId, subject }) => ({ queue: id, webhook: webhookId, subject }),
    run: (queue, claim) => deliver(queue, { ...options, ...claim, retries }),
  });
}
