import type { Transaction } from '../../database';
import { Webhook, WebhookState } from '../../entities';
import { invalid, Refusal, simple } from '../../errors';
import { authorize } from '../../policies';
import { changeWebhook, findLastQueuedSeq, readById } from '../../store';
import type { ActorContext } from '../context';
import { isGiven } from '../input';
import { lockWebhook, recordChange } from './change-webhook';
import { readCursor } from './fields';
import { disabledRefusal } from './redeliver';

/** Input of `redeliverSince`. */
export interface RedeliverSinceInput {
  webhookId: string;
  after: string;
  until?: string | null;
}

/**
 * Sends the events after the cursor `after` again, or for the first time. Without `until` the webhook is rewound; with it,
 * the webhook keeps its position, and the events up to that cursor are queued beside the others.
 */
export async function redeliverSince(context: ActorContext, input: RedeliverSinceInput): Promise<Webhook> {
  const { db, actor, events } = context;
  authorize(actor, 'redeliverSince');
  const from = await readCursor(events, input.after);
  const until = isGiven(input.until) ? await readCursor(events, input.until, 'until') : null;
  if (until !== null && until <= from) {
    throw new Refusal([invalid(['until'], '`until` must be a later cursor than `after`.')]);
  }
  return db.transaction(async tx => {
    const webhook = await lockWebhook(context, tx, 'redeliverSince', input.webhookId);
    const { id, readFrom, state } = webhook;
    if (state !== WebhookState.ENABLED) throw disabledRefusal('webhookId');
    if (readFrom !== null && readFrom < from) {
      throw new Refusal([invalid(['after'], 'The cursor is ahead of the webhook. Pass an earlier cursor.')]);
    }
    if (until === null) await changeWebhook(tx, id, { readFrom: from });
    else await startReplay(tx, webhook, { from, until });
    const range = until === null ? input.after : `${input.after} up to ${input.until}`;
    recordChange(context, tx, webhook, `The webhook ${webhook.url} gets again what followed ${range}.`);
    return readById(tx, Webhook, id);
  });
}

/** Starts the replay of a range, up to the position of the webhook: later events are sent anyway. */
async function startReplay(
  tx: Transaction,
  { id, readFrom, replayFrom }: Webhook,
  { from, until }: { from: number; until: number },
): Promise<void> {
  if (replayFrom !== null) {
    const message = 'The webhook is still queueing another range of events. Retry shortly.';
    throw new Refusal([simple('INVALID_STATE', message, ['webhookId'])]);
  }
  const replayUntil = Math.min(until, readFrom ?? (await findLastQueuedSeq(tx)));
  if (replayUntil > from) await changeWebhook(tx, id, { replayFrom: from, replayUntil });
}
