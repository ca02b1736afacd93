import { currentTime, currentTimeMs } from '../clock';
import type { Database, Transaction } from '../database';
import { type DeliveryQueue, type Webhook, WebhookDelivery, WebhookDeliveryState } from '../entities';
import { Fenced } from '../jobs';
import {
  deleteQueue,
  hasPendingDelivery,
  lockQueue,
  lockWebhook,
  type Move,
  recordWebhookFailure,
  releaseQueue,
  renewQueueClaim,
  suspendQueue,
  tryTransition,
  updatePendingDelivery,
  updateWebhook,
} from '../store';
import { disable } from './switch';

const { DELIVERED, FAILED, WITHHELD } = WebhookDeliveryState;

/** A delivery that is the next of its queue. */
export interface Due {
  queue: DeliveryQueue;
  webhook: Webhook;
  delivery: WebhookDelivery;
}

/** What an attempt has come to. */
export interface Attempt {
  /** Of the answer; null where there was none. */
  status: number | null;
  /** When it began. */
  beganAt: Date;
}

const fenced = ({ id, token }: DeliveryQueue) =>
  new Fenced(`The queue ${id} is no longer held with token ${token}`);

/** Keeps the claim on a queue for another lease. Throws `Fenced` where it no longer holds, which rolls back. */
async function hold(tx: Transaction, queue: DeliveryQueue, leaseMs: number): Promise<void> {
  if (!(await renewQueueClaim(tx, queue, leaseMs))) throw fenced(queue);
}

/** Releases a queue, due in `inMs` for any worker. Throws `Fenced` where its claim no longer holds. */
async function release(tx: Transaction, queue: DeliveryQueue, inMs: number): Promise<void> {
  if (!(await releaseQueue(tx, queue, inMs))) throw fenced(queue);
}

/** Gives a queue back of which nothing was sent. */
export function putBack(db: Database, queue: DeliveryQueue, inMs: number): Promise<void> {
  return db.transaction(tx => release(tx, queue, inMs));
}

/** Writes that the receiver took a delivery. */
export function delivered(
  db: Database,
  due: Due,
  { status, beganAt }: Attempt,
  leaseMs: number,
): Promise<void> {
  const { queue, webhook, delivery } = due;
  return db.transaction(async tx => {
    // The webhook's row comes before its queues in the order of locks.
    if (webhook.failingSince) await updateWebhook(tx, webhook.id, { failingSince: null });
    await hold(tx, queue, leaseMs);
    await settle(tx, delivery, {
      state: DELIVERED,
      ...attempted(delivery, beganAt),
      responseStatus: status,
      error: null,
      deliveredAt: currentTime(),
    });
  });
}

/** Writes that a delivery is not sent at all, and why. */
export function withheld(
  db: Database,
  { queue, delivery }: Due,
  error: string,
  leaseMs: number,
): Promise<void> {
  return db.transaction(async tx => {
    await hold(tx, queue, leaseMs);
    await settle(tx, delivery, { state: WITHHELD, error, nextAttemptAt: null });
  });
}

/** What follows from a failed attempt: another after `inMs`, or none. */
export type Next = { inMs: number } | 'none';

/**
 * Writes that a receiver did not take a delivery. Without another attempt the delivery is given up, and the queue goes on
 * with the next. `stopping` says why the webhook is to be disabled, where it is.
 */
export function failed(
  db: Database,
  due: Due,
  { status, beganAt }: Attempt,
  error: string,
  next: Next,
  leaseMs: number,
  stopping?: string,
): Promise<void> {
  const { queue, webhook, delivery } = due;
  return db.transaction(async tx => {
    const { id } = webhook;
    if (!webhook.failingSince) await recordWebhookFailure(tx, id, beganAt);
    const now = stopping && (await lockWebhook(tx, id));
    const nextAttemptAt = next === 'none' ? null : new Date(currentTimeMs() + next.inMs);
    const told = { ...attempted(delivery, beganAt), responseStatus: status, error, nextAttemptAt };
    if (next === 'none') {
      await hold(tx, queue, leaseMs);
      await settle(tx, delivery, { state: FAILED, ...told });
    } else {
      await release(tx, queue, next.inMs);
      await updatePendingDelivery(tx, delivery.id, told);
    }
    if (stopping && now) await disable(tx, now, stopping, null);
  });
}

/** Ends a delivery. After a COMMIT whose answer was lost, the repeated transaction finds that it has ended already. */
function settle(tx: Transaction, { id }: WebhookDelivery, move: Move<WebhookDelivery>): Promise<boolean> {
  return tryTransition(tx, WebhookDelivery, id, move);
}

const attempted = ({ attempts, firstAttemptAt }: WebhookDelivery, beganAt: Date) => ({
  attempts: attempts + 1,
  ...(!firstAttemptAt && { firstAttemptAt: beganAt }),
  nextAttemptAt: null,
});

/**
 * Ends a queue that has nothing left; false where something was queued meanwhile. Whoever queues holds the queue's row
 * first, so nothing can come between the look and the end.
 */
export function finish(db: Database, queue: DeliveryQueue): Promise<boolean> {
  return db.transaction(async tx => {
    if (!(await lockQueue(tx, queue))) throw fenced(queue);
    const more = await hasPendingDelivery(tx, queue);
    if (!more) await deleteQueue(tx, queue.id);
    return !more;
  });
}

/** Lets a queue wait until its webhook is enabled, unless it is by now: the webhook's row is locked for the look. */
export function park(db: Database, queue: DeliveryQueue): Promise<void> {
  return db.transaction(async tx => {
    const webhook = await lockWebhook(tx, queue.webhookId);
    await release(tx, queue, 0);
    if (webhook?.state !== 'ENABLED') await suspendQueue(tx, queue.id);
  });
}
