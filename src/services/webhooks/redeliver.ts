import { Webhook, WebhookDelivery, WebhookDeliveryState, WebhookState } from '../../entities/index';
import { invalid, notFound, Refusal, simple } from '../../errors/index';
import { record } from '../../events/index';
import { authorize } from '../../policies/index';
import { changeWebhook, findVisible, readById, tryTransition } from '../../store/index';
import { requeue } from '../../webhooks/index';
import type { ActorContext } from '../context';
import { lockWebhook, recordChange } from './change-webhook';
import { readCursor } from './fields';

const disabledRefusal = (path: string) =>
  new Refusal([simple('INVALID_STATE', 'The webhook is disabled. Enable it first.', [path])]);

/** Queues a delivery again, or makes a pending one due now. Its id stays the same. */
export async function redeliver(context: ActorContext, deliveryId: string): Promise<WebhookDelivery> {
  const { db, actor } = context;
  authorize(actor, 'redeliver');
  return db.transaction(async tx => {
    const found = await findVisible(tx, actor, WebhookDelivery, deliveryId);
    if (!found) throw new Refusal([notFound('delivery', ['deliveryId'])]);
    const webhook = await lockWebhook(context, tx, 'redeliver', found.webhookId);
    if (webhook.state !== WebhookState.ENABLED) throw disabledRefusal('deliveryId');
    await requeue(tx, found);
    // One that waits for its next attempt is PENDING already: `requeue` has made it due.
    await tryTransition(tx, WebhookDelivery, deliveryId, {
      state: WebhookDeliveryState.PENDING,
      attempts: 0,
      responseStatus: null,
      error: null,
      firstAttemptAt: null,
      nextAttemptAt: null,
      deliveredAt: null,
    });
    recordChange(context, tx, webhook, `A delivery to ${webhook.url} was asked for again.`);
    return readById(tx, WebhookDelivery, deliveryId);
  });
}

/** Rewinds a webhook to the cursor `after`: all later events are delivered, again or for the first time. */
export async function redeliverSince(
  context: ActorContext,
  { webhookId, after }: { webhookId: string; after: string },
): Promise<Webhook> {
  const { db, actor, events } = context;
  authorize(actor, 'redeliverSince');
  const place = await readCursor(events, after);
  return db.transaction(async tx => {
    const webhook = await lockWebhook(context, tx, 'redeliverSince', webhookId);
    const { id, readFrom } = webhook;
    if (webhook.state !== WebhookState.ENABLED) throw disabledRefusal('webhookId');
    if (readFrom !== null && readFrom < place) {
      throw new Refusal([invalid(['after'], 'The cursor is ahead of the webhook. Pass an earlier cursor.')]);
    }
    await changeWebhook(tx, id, { readFrom: place });
    recordChange(context, tx, webhook, `The webhook ${webhook.url} gets again what followed ${after}.`);
    return readById(tx, Webhook, id);
  });
}

/** Records a `webhook.test` event, which is delivered like any other. */
export async function sendTestEvent(context: ActorContext, webhookId: string): Promise<Webhook> {
  const { db, actor } = context;
  authorize(actor, 'sendTestEvent');
  return db.transaction(async tx => {
    const webhook = await lockWebhook(context, tx, 'sendTestEvent', webhookId);
    const { id, accountId, state } = webhook;
    if (state !== WebhookState.ENABLED) throw disabledRefusal('webhookId');
    const message = 'This is a test, asked for by a person.';
    record(tx, { type: 'webhook.test', message, userId: actor.userId, accountId, data: { webhookId: id } });
    return webhook;
  });
}
