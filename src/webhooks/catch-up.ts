import type { Database, Transaction } from '../database';
import { type Webhook, WebhookState } from '../entities';
import { type EventLog, encodeCursor, firstSeqAfter, LOG_KEY, record } from '../events';
import { advanceWebhookPosition, lockWebhook, lockWebhookPosition, updateWebhook } from '../store';
import { isTold } from './event-types';
import type { WebhookFigures } from './figures';
import { enqueue } from './queue';

/**
 * Queues the next page for a webhook that is behind: a new one, one that was disabled, or one that was set back. When it
 * has come to the position of those that go with the log it joins them; both are moved under one lock, so no event falls
 * between. Resolves to whether there may be more to do.
 */
export async function catchUp(
  db: Database,
  events: EventLog,
  webhookId: string,
  figures: WebhookFigures,
): Promise<boolean> {
  const { more, queued } = await db.transaction(tx => readOn(tx, events, webhookId));
  figures.queued += queued;
  return more;
}

async function readOn(tx: Transaction, events: EventLog, webhookId: string) {
  const { last, live } = await lockWebhookPosition(tx);
  // Where nobody goes with the log, nobody has kept the position up to date.
  const position = live ? last : Math.max(last, events.head);
  if (position > last) await advanceWebhookPosition(tx, position);
  const webhook = await lockWebhook(tx, webhookId);
  if (webhook?.state !== WebhookState.ENABLED || webhook.readFrom === null) return { more: true, queued: 0 };
  const { readFrom } = webhook;
  // It begins with events that this process has not seen yet; the news of it comes after them.
  if (readFrom > position) return { more: false, queued: 0 };
  const page = await events.after(readFrom);
  if (page === 'expired') return { more: await skipLost(tx, events, webhook, readFrom, position), queued: 0 };
  const theirs = page.filter(({ seq }) => (seq ?? 0) <= position);
  const queued = await enqueue(tx, [webhook], theirs.filter(isTold));
  const to = theirs.at(-1)?.seq ?? readFrom;
  await updateWebhook(tx, webhookId, { readFrom: to >= position ? null : to });
  return { more: true, queued };
}

/** What follows `readFrom` is no longer kept: the webhook goes on with the oldest that is, and is told. */
async function skipLost(
  tx: Transaction,
  events: EventLog,
  { id, accountId }: Webhook,
  readFrom: number,
  position: number,
): Promise<boolean> {
  const oldest = await firstSeqAfter(tx, readFrom);
  const to = Math.min(oldest === undefined ? position : oldest - 1, position);
  await updateWebhook(tx, id, { readFrom: to });
  record(tx, {
    type: 'webhook.reset',
    message: `Events before ${encodeCursor(await events.placeAt(to), LOG_KEY)} are no longer kept: read the state anew.`,
    accountId,
    data: { webhookId: id },
  });
  return true;
}
