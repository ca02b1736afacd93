import { currentTime, currentTimeMs } from '../clock';
import type { Database, Transaction } from '../database';
import { type DeliveryQueue, Webhook, WebhookDelivery, WebhookDeliveryState } from '../entities';
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
  updateById,
  updatePendingDelivery,
} from '../store';
import { disableWebhook } from './enable-disable';

const { DELIVERED, FAILED, WITHHELD } = WebhookDeliveryState;

/** Next delivery of a claimed queue. */
export interface ClaimedDelivery {
  queue: DeliveryQueue;
  webhook: Webhook;
  delivery: WebhookDelivery;
}

/** Attempt of a delivery. */
export interface Attempt {
  /** HTTP status. Null without a response. */
  status: number | null;
  /** Time of its start. */
  beganAt: Date;
}

const lostClaim = ({ id, token }: DeliveryQueue) =>
  new Fenced(`The queue ${id} is no longer claimed with token ${token}`);

/** Renews the claim on a queue. Throws `Fenced` when it is lost. */
async function renewLease(tx: Transaction, queue: DeliveryQueue, leaseMs: number): Promise<void> {
  if (!(await renewQueueClaim(tx, queue, leaseMs))) throw lostClaim(queue);
}

/** Releases the claim on a queue, which is due again in `inMs`. Throws `Fenced` when the claim is lost. */
async function releaseClaim(tx: Transaction, queue: DeliveryQueue, inMs: number): Promise<void> {
  if (!(await releaseQueue(tx, queue, inMs))) throw lostClaim(queue);
}

/** Reschedules a queue without an attempt. */
export function rescheduleQueue(db: Database, queue: DeliveryQueue, inMs: number): Promise<void> {
  return db.transaction(tx => releaseClaim(tx, queue, inMs));
}

/** Records a delivery that the receiver accepted. */
export function recordDelivered(
  db: Database,
  due: ClaimedDelivery,
  { status, beganAt }: Attempt,
  leaseMs: number,
): Promise<void> {
  const { queue, webhook, delivery } = due;
  return db.transaction(async tx => {
    // Lock order: webhook, then queue.
    if (webhook.failingSince) await updateById(tx, Webhook, webhook.id, { failingSince: null });
    await renewLease(tx, queue, leaseMs);
    await endDelivery(tx, delivery, {
      state: DELIVERED,
      ...attemptColumns(delivery, beganAt),
      responseStatus: status,
      error: null,
      deliveredAt: currentTime(),
    });
  });
}

/** Records a delivery that is not sent. */
export function recordWithheld(
  db: Database,
  { queue, delivery }: ClaimedDelivery,
  error: string,
  leaseMs: number,
): Promise<void> {
  return db.transaction(async tx => {
    await renewLease(tx, queue, leaseMs);
    await endDelivery(tx, delivery, { state: WITHHELD, error, nextAttemptAt: null });
  });
}

/** Next attempt after a failure: in `inMs` milliseconds, or none. */
export type NextAttempt = { inMs: number } | 'none';

/** Records a failed attempt: the delivery fails without a next one, the webhook with a `disabledReason`. */
export function recordFailed(
  db: Database,
  due: ClaimedDelivery,
  { status, beganAt }: Attempt,
  error: string,
  next: NextAttempt,
  leaseMs: number,
  disabledReason?: string,
): Promise<void> {
  const { queue, webhook, delivery } = due;
  return db.transaction(async tx => {
    const { id } = webhook;
    if (!webhook.failingSince) await recordWebhookFailure(tx, id, beganAt);
    const locked = disabledReason && (await lockWebhook(tx, id));
    const nextAttemptAt = next === 'none' ? null : new Date(currentTimeMs() + next.inMs);
    const columns = { ...attemptColumns(delivery, beganAt), responseStatus: status, error, nextAttemptAt };
    if (next === 'none') {
      await renewLease(tx, queue, leaseMs);
      await endDelivery(tx, delivery, { state: FAILED, ...columns });
    } else {
      await releaseClaim(tx, queue, next.inMs);
      await updatePendingDelivery(tx, delivery.id, columns);
    }
    if (disabledReason && locked) await disableWebhook(tx, locked, disabledReason, null);
  });
}

/** Ends a delivery. Does nothing when a COMMIT whose response was lost has ended it already. */
function endDelivery(
  tx: Transaction,
  { id }: WebhookDelivery,
  move: Move<WebhookDelivery>,
): Promise<boolean> {
  return tryTransition(tx, WebhookDelivery, id, move);
}

const attemptColumns = ({ attempts, firstAttemptAt }: WebhookDelivery, beganAt: Date) => ({
  attempts: attempts + 1,
  ...(!firstAttemptAt && { firstAttemptAt: beganAt }),
  nextAttemptAt: null,
});

/** Deletes a queue, unless it has pending deliveries. Queueing locks it first, so none is added meanwhile. */
export function closeQueue(db: Database, queue: DeliveryQueue): Promise<boolean> {
  return db.transaction(async tx => {
    if (!(await lockQueue(tx, queue))) throw lostClaim(queue);
    const more = await hasPendingDelivery(tx, queue);
    if (!more) await deleteQueue(tx, queue.id);
    return !more;
  });
}

/** Pauses a queue until its webhook is enabled. Checks the state again under the lock of the webhook. */
export function pauseQueue(db: Database, queue: DeliveryQueue): Promise<void> {
  return db.transaction(async tx => {
    const webhook = await lockWebhook(tx, queue.webhookId);
    await releaseClaim(tx, queue, 0);
    if (webhook?.state !== 'ENABLED') await suspendQueue(tx, queue.id);
  });
}
