import type { DomainEvent } from '../entities';

/** Event types that webhooks can select. */
export const PUBLISHED_EVENT_TYPES = [
  'order.placed',
  'order.executing',
  'order.completed',
  'order.failed',
  'order.cancelled',
  'subscription.created',
  'subscription.activated',
  'subscription.renamed',
  'subscription.ending',
  'subscription.kept',
  'subscription.cancelled',
  'operation.created',
  'operation.changed',
  'step.changed',
  'cancellation.requested',
  'cancellation.accepted',
  'cancellation.rejected',
  'cancellation.withdrawn',
  'cancellation.completed',
] as const;

const published: ReadonlySet<string> = new Set(PUBLISHED_EVENT_TYPES);
const groups: ReadonlySet<string> = new Set(PUBLISHED_EVENT_TYPES.map(type => `${type.split('.')[0]}.*`));

/** Event types that are recorded for one webhook, whatever it selects. */
const FOR_ONE_WEBHOOK: ReadonlySet<string> = new Set(['webhook.test', 'webhook.reset']);

/** Whether a text is an event type or a group such as `order.*`. */
export const isEventType = (text: string): boolean => published.has(text) || groups.has(text);

/** Events that a webhook selects. */
export interface EventFilter {
  id: string;
  accountId: string;
  eventTypes: readonly string[];
}

/** Whether events of this type are sent to webhooks. */
export const isPublished = ({ type }: DomainEvent): boolean =>
  published.has(type) || FOR_ONE_WEBHOOK.has(type);

/** Whether a webhook selects an event. Permissions are checked later, at each delivery. */
export function matches({ id, accountId, eventTypes }: EventFilter, event: DomainEvent): boolean {
  const { type, data } = event;
  if (FOR_ONE_WEBHOOK.has(type)) return data.webhookId === id;
  if (!published.has(type) || ![event.accountId, event.resellerId].includes(accountId)) return false;
  return (
    eventTypes.length === 0 || eventTypes.includes(type) || eventTypes.includes(`${type.split('.')[0]}.*`)
  );
}

/** Ordering key of an event: its subscription, or else its order, or its request. */
export function subjectOf({ subscriptionId, orderId, requestId, data }: DomainEvent): string {
  return subscriptionId ?? orderId ?? requestId ?? String(data.webhookId);
}
