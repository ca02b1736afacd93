import type { DomainEvent } from '../entities';

/** What webhooks are told of, in the order of a subscription's life. */
export const PUBLISHED = [
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

const published: ReadonlySet<string> = new Set(PUBLISHED);
const groups: ReadonlySet<string> = new Set(PUBLISHED.map(type => `${type.split('.')[0]}.*`));

/** Recorded for one webhook, which gets it whatever it asked for. */
const ADDRESSED: ReadonlySet<string> = new Set(['webhook.test', 'webhook.reset']);

/** Whether events of some webhook could be called so: a type, or a group like `order.*`. */
export const isEventType = (text: string): boolean => published.has(text) || groups.has(text);

/** What a webhook asks for. */
export interface Wishes {
  id: string;
  accountId: string;
  eventTypes: readonly string[];
}

/** Whether `event` is of a kind that webhooks are told of. */
export const isTold = ({ type }: DomainEvent): boolean => published.has(type) || ADDRESSED.has(type);

/** Whether `event` is for `webhook`, told without the database: its rights are asked when the event is sent. */
export function isFor({ id, accountId, eventTypes }: Wishes, event: DomainEvent): boolean {
  const { type, data } = event;
  if (ADDRESSED.has(type)) return data.webhookId === id;
  if (!published.has(type) || ![event.accountId, event.resellerId].includes(accountId)) return false;
  return (
    eventTypes.length === 0 || eventTypes.includes(type) || eventTypes.includes(`${type.split('.')[0]}.*`)
  );
}

/** What an event is kept in order with: those of its subscription, or else of its order, or its request. */
export function subjectOf({ subscriptionId, orderId, requestId, data }: DomainEvent): string {
  return subscriptionId ?? orderId ?? requestId ?? String(data.webhookId);
}
