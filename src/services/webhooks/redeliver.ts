import { Webhook, WebhookDelivery, WebhookDeliveryState, WebhookState } from '../../entities';
import { notFound, Refusal, simple } from '../../errors';
import { record } from '../../events';
import { authorize } from '../../policies';
import { findVisible, readById, tryTransition } from '../../store';
import { requeue } from '../../webhooks';
import type { ActorContext } from '../context';
import { lockWebhook, recordChange } from './change-webhook';

/** Refusal to send to a disabled webhook, whose id or delivery is at `path`. */
export const disabledRefusal = (path: string) =>
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
    recordChange(context, tx, webhook, `A delivery to ${webhook.url} was asked for again.`, deliveryId);
    return readById(tx, WebhookDelivery, deliveryId);
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
