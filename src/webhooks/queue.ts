import { typeid } from 'typeid-js';
import type { Transaction } from '../database';
import type { DeliveryQueue, DomainEvent } from '../entities';
import { ensureQueues, insertDeliveries, makeQueueDue } from '../store';
import { type EventFilter, matches, subjectOf } from './event-filter';

/** Page of events that was queued for one webhook. */
export interface QueuedPage {
  /** Number of deliveries. */
  queued: number;
  /** Whether there may be more to do. */
  more: boolean;
}

/** Maximum number of rows written in one statement. */
const CHUNK = 500;

/**
 * Queues events for the webhooks that select them, in the order of the log. Deliveries that exist become pending again. Queues
 * are written before deliveries, because `closeQueue` checks for deliveries under the lock of the queue. Resolves to the number
 * of deliveries.
 */
export async function enqueue(
  tx: Transaction,
  webhooks: readonly EventFilter[],
  events: readonly DomainEvent[],
): Promise<number> {
  const due = events.flatMap(event =>
    webhooks.filter(one => matches(one, event)).map(one => ({ one, event })),
  );
  if (due.length === 0) return 0;
  const queues = new Map(
    due.map(({ one, event }) => [
      `${one.id} ${subjectOf(event)}`,
      { webhookId: one.id, subject: subjectOf(event) },
    ]),
  );
  // One order everywhere prevents deadlocks.
  const sorted = [...queues].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, queue]) => queue);
  await inChunks(sorted, chunk => ensureQueues(tx, chunk));
  await inChunks(due, chunk =>
    insertDeliveries(
      tx,
      chunk.map(({ one, event }) => deliveryOf(one.id, event)),
    ),
  );
  tx.touched.add('deliveries');
  return due.length;
}

async function inChunks<T>(items: readonly T[], work: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += CHUNK) await work(items.slice(at, at + CHUNK));
}

const deliveryOf = (webhookId: string, event: DomainEvent) => ({
  id: typeid('dlv').toString(),
  webhookId,
  seq: event.seq ?? 0,
  subject: subjectOf(event),
  eventType: event.type,
});

/** Opens the queue of a delivery, or ends its pause. A claimed queue is not changed. */
export async function requeue(
  tx: Transaction,
  { webhookId, subject }: Pick<DeliveryQueue, 'webhookId' | 'subject'>,
): Promise<void> {
  await ensureQueues(tx, [{ webhookId, subject }]);
  await makeQueueDue(tx, { webhookId, subject });
  tx.touched.add('deliveries');
}
