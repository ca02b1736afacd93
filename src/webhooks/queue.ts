import { typeid } from 'typeid-js';
import type { Transaction } from '../database';
import type { DeliveryQueue, DomainEvent } from '../entities';
import { ensureQueues, insertDeliveries, makeQueueDue } from '../store';
import { isFor, subjectOf, type Wishes } from './event-types';

/** Rows written in one statement. */
const CHUNK = 500;

/**
 * Queues `events` for those of `webhooks` that they are for, in the order of the log; what was queued before is queued
 * anew. The queues come first: who finishes one holds its row, and looks for deliveries under that lock.
 *
 * Resolves to how many deliveries were queued.
 */
export async function enqueue(
  tx: Transaction,
  webhooks: readonly Wishes[],
  events: readonly DomainEvent[],
): Promise<number> {
  const due = events.flatMap(event => webhooks.filter(one => isFor(one, event)).map(one => ({ one, event })));
  if (due.length === 0) return 0;
  const queues = new Map(
    due.map(({ one, event }) => [
      `${one.id} ${subjectOf(event)}`,
      { webhookId: one.id, subject: subjectOf(event) },
    ]),
  );
  // In one order everywhere, so that two who queue for the same do not wait for each other.
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

/** Opens the queue of a delivery, or lets it begin now instead of after its pause; one that is in hand goes on as it is. */
export async function requeue(
  tx: Transaction,
  { webhookId, subject }: Pick<DeliveryQueue, 'webhookId' | 'subject'>,
): Promise<void> {
  await ensureQueues(tx, [{ webhookId, subject }]);
  await makeQueueDue(tx, { webhookId, subject });
  tx.touched.add('deliveries');
}
