import { currentTime, currentTimeMs } from '../clock';
import type { Database, Transaction } from '../database';
import { type DeliveryQueue, Webhook, WebhookDelivery, WebhookDeliveryState } from '../entities';
import { Fenced, inSql } from '../jobs';
import { type Move, tryTransition } from '../store';
import { disable } from './switch';

const { PENDING, DELIVERED, FAILED, WITHHELD } = WebhookDeliveryState;

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

/** Keeps the claim on a queue for another lease, while it holds; throws `Fenced` otherwise, which rolls back. */
async function hold(tx: Transaction, { id, token }: DeliveryQueue, leaseMs: number): Promise<void> {
  const held = await tx.execute(
    `UPDATE delivery_queues SET dueAt = ${inSql(leaseMs)}, claims = 0 WHERE id = ? AND token = ?`,
    [id, token],
  );
  if (held === 0) throw new Fenced(`The queue ${id} is no longer held with token ${token}`);
}

/** Gives a queue back, to be taken up after `inMs` by anybody. */
async function release(tx: Transaction, { id, token }: DeliveryQueue, inMs: number): Promise<void> {
  const released = await tx.execute(
    `UPDATE delivery_queues SET dueAt = ${inSql(inMs)}, claims = 0, owner = NULL, token = token + 1
     WHERE id = ? AND token = ?`,
    [id, token],
  );
  if (released === 0) throw new Fenced(`The queue ${id} is no longer held with token ${token}`);
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
    if (webhook.failingSince) await tx.update(Webhook, { failingSince: null }, 't.id = ?', [webhook.id]);
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
    if (!webhook.failingSince) {
      await tx.execute('UPDATE webhooks SET failingSince = COALESCE(failingSince, ?) WHERE id = ?', [
        beganAt,
        id,
      ]);
    }
    const now = stopping && (await tx.one(Webhook, 'WHERE t.id = ? FOR UPDATE', [id]));
    const nextAttemptAt = next === 'none' ? null : new Date(currentTimeMs() + next.inMs);
    const told = { ...attempted(delivery, beganAt), responseStatus: status, error, nextAttemptAt };
    if (next === 'none') {
      await hold(tx, queue, leaseMs);
      await settle(tx, delivery, { state: FAILED, ...told });
    } else {
      await release(tx, queue, next.inMs);
      await tx.update(WebhookDelivery, told, `t.id = ? AND t.state = '${PENDING}'`, [delivery.id]);
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
export function finish(db: Database, { id, token, webhookId, subject }: DeliveryQueue): Promise<boolean> {
  return db.transaction(async tx => {
    const [held] = await tx.rows('SELECT id FROM delivery_queues WHERE id = ? AND token = ? FOR UPDATE', [
      id,
      token,
    ]);
    if (!held) throw new Fenced(`The queue ${id} is no longer held with token ${token}`);
    const more = await tx.one(
      WebhookDelivery,
      `WHERE t.webhookId = ? AND t.subject = ? AND t.state = '${PENDING}' LIMIT 1`,
      [webhookId, subject],
    );
    if (!more) await tx.execute('DELETE FROM delivery_queues WHERE id = ?', [id]);
    return !more;
  });
}

/** Lets a queue wait until its webhook is enabled, unless it is by now: the webhook's row is locked for the look. */
export function park(db: Database, queue: DeliveryQueue): Promise<void> {
  return db.transaction(async tx => {
    const webhook = await tx.one(Webhook, 'WHERE t.id = ? FOR UPDATE', [queue.webhookId]);
    await release(tx, queue, 0);
    if (webhook?.state !== 'ENABLED') {
      await tx.execute('UPDATE delivery_queues SET dueAt = NULL WHERE id = ?', [queue.id]);
    }
  });
}
