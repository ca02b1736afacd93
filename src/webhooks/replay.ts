import type { Transaction } from '../database';
import { Webhook, WebhookState } from '../entities';
import type { EventLog } from '../events';
import { lockWebhook, lockWebhookPosition, updateById } from '../store';
import { resetTo } from './catch-up';
import { isPublished } from './event-filter';
import { enqueue, type QueuedPage } from './queue';

/**
 * Queues the next page of the range of events that a webhook gets again. Its position in the log stays the same.
 */
export async function replay(tx: Transaction, events: EventLog, webhookId: string): Promise<QueuedPage> {
  await lockWebhookPosition(tx);
  const webhook = await lockWebhook(tx, webhookId);
  if (webhook?.state !== WebhookState.ENABLED) return { more: true, queued: 0 };
  const { replayFrom: from, replayUntil: until } = webhook;
  if (from === null || until === null) return { more: true, queued: 0 };
  // This process has not read the range yet; the webhook's own event follows it.
  if (until > events.head) return { more: false, queued: 0 };
  const page = await events.after(from);
  const range = page === 'expired' ? [] : page.filter(({ seq }) => (seq ?? 0) <= until);
  const queued = await enqueue(tx, [webhook], range.filter(isPublished));
  const isExpired = page === 'expired';
  const to = isExpired ? await resetTo(tx, events, webhook, { from, until }) : (range.at(-1)?.seq ?? until);
  await updateById(tx, Webhook, webhookId, to >= until ? NO_RANGE : { replayFrom: to });
  return { more: true, queued };
}

const NO_RANGE = { replayFrom: null, replayUntil: null };
