import { typeid } from 'typeid-js';
import type { Transaction } from '../database';
import { type DeliveryQueue, type DomainEvent, WebhookDelivery, WebhookDeliveryState } from '../entities';
import { moveAll } from '../store';
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
  await inChunks(sorted, chunk => openQueues(tx, chunk));
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

/** Makes the queues that are not there, due at once; locks those that are, and leaves them as they are. */
function openQueues(
  tx: Transaction,
  queues: Pick<DeliveryQueue, 'webhookId' | 'subject'>[],
): Promise<number> {
  return tx.execute(
    `INSERT INTO delivery_queues (id, webhookId, subject, dueAt, token, claims)
     VALUES ${queues.map(() => '(?, ?, ?, NOW(3), 0, 0)').join(',')} ON DUPLICATE KEY UPDATE token = token`,
    queues.flatMap(({ webhookId, subject }) => [typeid('dq').toString(), webhookId, subject]),
  );
}

const deliveryOf = (webhookId: string, event: DomainEvent) => ({
  id: typeid('dlv').toString(),
  webhookId,
  seq: event.seq ?? 0,
  subject: subjectOf(event),
  eventType: event.type,
});

/** Deliveries that are there already begin anew; those that have ended move back to PENDING. */
async function insertDeliveries(tx: Transaction, rows: ReturnType<typeof deliveryOf>[]): Promise<void> {
  const { PENDING } = WebhookDeliveryState;
  const affected = await tx.execute(
    `INSERT INTO deliveries (id, webhookId, seq, subject, eventType, state, attempts, createdAt)
     VALUES ${rows.map(() => `(?, ?, ?, ?, ?, '${PENDING}', 0, NOW(3))`).join(',')}
     ON DUPLICATE KEY UPDATE attempts = 0, responseStatus = NULL, error = NULL,
       firstAttemptAt = NULL, nextAttemptAt = NULL, deliveredAt = NULL`,
    rows.flatMap(({ id, webhookId, seq, subject, eventType }) => [id, webhookId, seq, subject, eventType]),
  );
  // A row that was there counts twice when it changed, and one that has ended always changes.
  if (affected === rows.length) return;
  const which = rows.map(() => '(t.webhookId = ? AND t.seq = ?)').join(' OR ');
  const values = rows.flatMap(({ webhookId, seq }) => [webhookId, seq]);
  await moveAll(tx, WebhookDelivery, { state: PENDING }, `(${which})`, values);
}

/** Opens the queue of a delivery, or lets it begin now instead of after its pause; one that is in hand goes on as it is. */
export async function requeue(
  tx: Transaction,
  { webhookId, subject }: Pick<DeliveryQueue, 'webhookId' | 'subject'>,
): Promise<void> {
  await openQueues(tx, [{ webhookId, subject }]);
  await tx.execute(
    `UPDATE delivery_queues SET dueAt = NOW(3)
     WHERE webhookId = ? AND subject = ? AND owner IS NULL AND dueAt IS NOT NULL`,
    [webhookId, subject],
  );
  tx.touched.add('deliveries');
}
