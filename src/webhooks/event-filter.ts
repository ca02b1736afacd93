import type { DomainEvent } from '../entities';
import { groupOf, isEventType } from './event-types';

const FOR_ONE_WEBHOOK: ReadonlySet<string> = new Set(['webhook.test', 'webhook.reset']);

/** Events that a webhook selects. */
export interface EventFilter {
  id: string;
  /** Null for a webhook of every account. */
  accountId: string | null;
  eventTypes: readonly string[];
}

/** Whether events of this type are sent to webhooks. */
export const isPublished = ({ type }: DomainEvent): boolean =>
  isEventType(type, true) || FOR_ONE_WEBHOOK.has(type);

/** Whether a webhook selects an event. Permissions are checked later, at each delivery. */
export function matches({ id, accountId, eventTypes }: EventFilter, event: DomainEvent): boolean {
  const { type, data } = event;
  if (FOR_ONE_WEBHOOK.has(type)) return data.webhookId === id;
  const isOwn = accountId === null || [event.accountId, event.resellerId].includes(accountId);
  if (!isOwn || !isEventType(type, accountId === null)) return false;
  return eventTypes.length === 0 || eventTypes.includes(type) || eventTypes.includes(groupOf(type));
}

/** Ordering key of an event: its subscription, or else its order, its request, its webhook, its user or its account. */
export function subjectOf(event: DomainEvent): string {
  const { type, subscriptionId, orderId, requestId, userId, accountId, data } = event;
  const webhookId = FOR_ONE_WEBHOOK.has(type) ? String(data.webhookId) : null;
  const [group = ''] = type.split('.');
  const owner = group === 'user' ? userId : accountId;
  return subscriptionId ?? orderId ?? requestId ?? webhookId ?? owner ?? group;
}
