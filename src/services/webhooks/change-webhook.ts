import type { Transaction } from '../../database';
import { Webhook } from '../../entities';
import { notFound, Refusal } from '../../errors';
import { record } from '../../events';
import type { Action } from '../../policies';
import { lockVisible } from '../../store';
import type { ActorContext } from '../context';
import { lockActor } from '../identity/lock';

/** Locks a webhook that the caller may see and change, by its current rights. Refuses with NOT_FOUND. */
export async function lockWebhook(
  { actor }: ActorContext,
  tx: Transaction,
  action: Action,
  id: string,
): Promise<Webhook> {
  const current = await lockActor(tx, actor, action);
  const webhook = await lockVisible(tx, current, Webhook, id);
  if (!webhook) throw new Refusal([notFound('webhook', ['webhookId'])]);
  return webhook;
}

/** Records a change of a webhook by the caller, or of one of its deliveries. */
export function recordChange(
  { actor }: ActorContext,
  tx: Transaction,
  { id, accountId }: Webhook,
  message: string,
  deliveryId?: string,
): void {
  record(tx, {
    type: 'webhook.changed',
    message,
    userId: actor.userId,
    accountId,
    data: { id, ...(deliveryId !== undefined && { deliveryId }) },
  });
}
