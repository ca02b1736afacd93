import type { Transaction } from '../database';
import { Webhook, WebhookState } from '../entities';
import { type EventLog, encodeCursor, firstSeqAfter, LOG_KEY, record } from '../events';
import { advanceWebhookPosition, lockWebhook, lockWebhookPosition, updateById } from '../store';
import { isPublished } from './event-filter';
import { enqueue, type QueuedPage } from './queue';

/**
 * Queues the next page for a webhook that is behind the shared position: a new one, one that was disabled, or one that was
 * rewound. When it reaches the shared position it joins the others, under the lock of the position, so that no event is
 * skipped.
 */
export async function catchUp(tx: Transaction, events: EventLog, webhookId: string): Promise<QueuedPage> {
  const { last, live } = await lockWebhookPosition(tx);
  // The position is not advanced while no webhook uses it.
  const position = live ? last : Math.max(last, events.head);
  if (position > last) await advanceWebhookPosition(tx, position);
  const webhook = await lockWebhook(tx, webhookId);
  if (webhook?.state !== WebhookState.ENABLED || webhook.readFrom === null) return { more: true, queued: 0 };
  const { readFrom } = webhook;
  // This process has not read the events at `readFrom` yet; the webhook's own event follows them.
  if (readFrom > position) return { more: false, queued: 0 };
  const page = await events.after(readFrom);
  if (page === 'expired')
    return { more: await skipExpired(tx, events, webhook, readFrom, position), queued: 0 };
  const theirs = page.filter(({ seq }) => (seq ?? 0) <= position);
  const queued = await enqueue(tx, [webhook], theirs.filter(isPublished));
  const to = theirs.at(-1)?.seq ?? readFrom;
  await updateById(tx, Webhook, webhookId, { readFrom: to >= position ? null : to });
  return { more: true, queued };
}

/** Moves a webhook past removed events to the oldest kept one. */
async function skipExpired(
  tx: Transaction,
  events: EventLog,
  webhook: Webhook,
  readFrom: number,
  position: number,
): Promise<boolean> {
  const to = await resetTo(tx, events, webhook, { from: readFrom, until: position });
  await updateById(tx, Webhook, webhook.id, { readFrom: to });
  return true;
}

/** Records `webhook.reset` for removed events. Resolves to the position before the oldest kept one, at most `until`. */
export async function resetTo(
  tx: Transaction,
  events: EventLog,
  { id, accountId }: Webhook,
  { from, until }: { from: number; until: number },
): Promise<number> {
  const oldest = await firstSeqAfter(tx, from);
  const to = Math.min(oldest === undefined ? until : oldest - 1, until);
  record(tx, {
    type: 'webhook.reset',
    message: `Events before ${encodeCursor(await events.positionAt(to), LOG_KEY)} are no longer kept: read the state anew.`,
    accountId,
    data: { webhookId: id },
  });
  return to;
}
