import type { Webhook, WebhookDelivery, WebhookDeliveryState } from '../../entities/index';
import { findDeliveriesPage, findWebhooksPage, type Page, type PageRequest } from '../../store/index';
import type { ActorContext } from '../context';

/** Finds webhooks that the caller may see, newest first, of one account if given. */
export function findWebhooks(
  { db, actor }: ActorContext,
  { accountId, ...page }: PageRequest & { accountId?: string | null },
): Promise<Page<Webhook>> {
  return findWebhooksPage(db, actor, accountId, page);
}

/** Finds deliveries of a webhook that the caller may see, newest first. */
export function findDeliveries(
  { db, actor }: ActorContext,
  webhookId: string,
  states: readonly WebhookDeliveryState[] | null | undefined,
  page: PageRequest,
): Promise<Page<WebhookDelivery>> {
  return findDeliveriesPage(db, actor, webhookId, states, page);
}
