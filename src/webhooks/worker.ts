import type { Logger } from 'pino';
import type { Database } from '../database';
import { DeliveryQueue } from '../entities';
import {
  exponential,
  type JobTable,
  JobWorker,
  type LaneLimits,
  type RetryBounds,
  type Share,
} from '../jobs';
import { deliver } from './deliver';
import type { WebhookFigures } from './figures';
import { type Postman, ReceiverFault } from './receiver';
import type { SecretBox } from './secrets';

/** Queues are jobs, each in the lane of its webhook. */
const QUEUES: JobTable<DeliveryQueue> = { entity: DeliveryQueue, name: 'delivery_queues', lane: 'webhookId' };

/** The longest pause between two looks that nothing in this process announced: each sees twice as far ahead. */
const IDLE_MS = 5000;
/** Messages in flight at once, over all webhooks of one process; fewer to receivers that fail or take long. */
const SHARE: Share = { most: 64, suspects: { most: 16, slowMs: 1000 } };

const HOUR_MS = 3_600_000;

/** Attempts go on for five days; a webhook whose every attempt fails is disabled before any is given up. */
const usualRetries: RetryBounds = {
  firstMs: 2000,
  mostMs: HOUR_MS,
  attempts: Number.POSITIVE_INFINITY,
  totalMs: 5 * 24 * HOUR_MS,
};

const usualLimits: LaneLimits = { slots: 4, breakAfter: 10, openMs: 10_000 };

/** What a test may set that an operator may not. */
export interface DeliveryTuning {
  retries?: RetryBounds;
  limits?: LaneLimits;
  disableAfterMs?: number;
}

/** What a worker of deliveries is made of. */
export interface DeliveryOptions extends DeliveryTuning {
  db: Database;
  postman: Postman;
  secrets: SecretBox;
  figures: WebhookFigures;
  log: Logger;
  leaseMs: number;
  drainMs: number;
  hurry?: AbortSignal;
  disableAfterMs: number;
}

/** The worker that delivers to webhooks: a lane for each, so that one that hangs takes none of another's time. */
export function createDeliveryWorker(options: DeliveryOptions): JobWorker<DeliveryQueue> {
  const { db, log, leaseMs, drainMs, hurry, limits = usualLimits } = options;
  const retries = exponential(options.retries ?? usualRetries);
  return new JobWorker({
    db,
    log,
    leaseMs,
    drainMs,
    ...(hurry && { hurry }),
    table: QUEUES,
    topic: 'deliveries',
    idleMs: IDLE_MS,
    lanes: {
      limits,
      share: SHARE,
      sick: error => error instanceof ReceiverFault && !error.isBlameless,
      onCircuit: (webhook, open) =>
        log.info(
          { webhook },
          open ? 'circuit breaker of the receiver opened' : 'circuit breaker of the receiver closed',
        ),
    },
    naming: ({ id, webhookId, subject }) => ({ queue: id, webhook: webhookId, subject }),
    carryOut: (queue, hand) => deliver(queue, { ...options, ...hand, retries }),
  });
}
