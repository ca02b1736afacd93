import { Webhook, WebhookDelivery, type WebhookDeliveryState } from '../../entities';
import { findPage, type ListOrder, type Page, type PageRequest, visibleRows } from '../../store';
import type { ActorContext } from '../context';
import { Where } from '../lists/condition';

const WEBHOOKS: ListOrder<Webhook> = { name: 'webhooks', direction: 'DESC', column: 'id' };
const DELIVERIES: ListOrder<WebhookDelivery> = { name: 'deliveries', direction: 'DESC', column: 'id' };

/** The webhooks that the caller may see, newest first; `accountId` narrows them. */
export function findWebhooks(
  { db, actor }: ActorContext,
  { accountId, ...page }: PageRequest & { accountId?: string | null },
): Promise<Page<Webhook>> {
  const where = new Where(visibleRows(actor, Webhook)).is('t.accountId', accountId);
  return findPage(db, Webhook, where, WEBHOOKS, page);
}

/** What became of the events of one webhook, newest first, where the caller may see it. */
export function findDeliveries(
  { db, actor }: ActorContext,
  webhookId: string,
  states: readonly WebhookDeliveryState[] | null | undefined,
  page: PageRequest,
): Promise<Page<WebhookDelivery>> {
  const where = new Where(visibleRows(actor, WebhookDelivery))
    .is('t.webhookId', webhookId)
    .in('t.state', states);
  return findPage(db, WebhookDelivery, where, DELIVERIES, page);
}
