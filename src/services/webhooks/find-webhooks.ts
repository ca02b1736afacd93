import type { Webhook, WebhookDelivery, WebhookDeliveryState } from '../../entities/index';
import { findDeliveriesPage, findWebhooksPage, type Page, type PageRequest } from '../../store/index';
import type { ActorContext } from '../context';

/** The webhooks that the caller may see, newest first; `accountId` narrows them. */
export function findWebhooks(
  { db, actor }: ActorContext,
  { accountId, ...page }: PageRequest & { accountId?: string | null },
): Promise<Page<Webhook>> {
  return findWebhooksPage(db, actor, accountId, page);
}

/** What became of the events of one webhook, newest first, where the caller may see it. */
export function findDeliveries(
  { db, actor }: ActorContext,
  webhookId: string,
  states: readonly WebhookDeliveryState[] | null | undefined,
  page: PageRequest,
): Promise<Page<WebhookDelivery>> {
  return findDeliveriesPage(db, actor, webhookId, states, page);
}
