import type { DomainEvent } from '../entities';

/** Event types that webhooks can select, with the change that each reports. */
export const PUBLISHED_EVENTS = {
  'order.placed': 'An order was placed.',
  'order.executing': 'The execution of an order has started.',
  'order.completed': 'Every line of an order is provisioned.',
  'order.failed': 'An operation of an order has failed and can be retried.',
  'order.cancelled': 'An order was cancelled before its execution.',
  'order.referenced': 'An order has another external reference.',
  'subscription.created': 'A subscription was created by the execution of its order.',
  'subscription.activated': 'The provider confirmed the service of a subscription.',
  'subscription.renamed': 'A subscription has a new name.',
  'subscription.referenced': 'A subscription has another external reference.',
  'subscription.ending': 'A subscription ends with its current billing period.',
  'subscription.kept': 'A subscription that was to end continues.',
  'subscription.cancelled': 'The provider confirmed the end of a subscription.',
  'operation.created': 'A provisioning operation was created.',
  'operation.changed': 'The state of a provisioning operation has changed.',
  'step.changed': 'The state of a step of a provisioning operation has changed.',
  'cancellation.requested': 'The cancellation of a subscription was requested.',
  'cancellation.accepted': 'A cancellation request was accepted.',
  'cancellation.rejected': 'A cancellation request was rejected.',
  'cancellation.withdrawn': 'A cancellation request was withdrawn.',
  'cancellation.completed': 'A cancellation request is completed: the subscription has ended.',
} as const;

/** Names of the event types that webhooks can select. */
export const PUBLISHED_EVENT_TYPES = Object.keys(PUBLISHED_EVENTS);

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
