import type { EventType } from '../events';

/** Event types that every webhook can select, with the change that each reports. */
export const PUBLISHED_EVENTS = {
  'order.placed': 'An order was placed.',
  'order.executing': 'The execution of an order has started.',
  'order.completed': 'Every line of an order is provisioned.',
  'order.partially_completed': 'A part of an order is provisioned. The other lines were abandoned.',
  'order.failed': 'An operation of an order has failed and can be retried or abandoned.',
  'order.cancelled': 'An order was cancelled before its execution, or every line was abandoned.',
  'order.referenced': 'An order has another external reference.',
  'subscription.created': 'A subscription was created by the execution of its order.',
  'subscription.activated': 'The provider confirmed the service of a subscription.',
  'subscription.renamed': 'A subscription has a new name.',
  'subscription.referenced': 'A subscription has another external reference.',
  'subscription.changed': 'The product or the add-ons of a subscription have changed.',
  'subscription.suspended': 'The provider confirmed the suspension of a subscription.',
  'subscription.reactivated': 'The provider confirmed the end of the suspension of a subscription.',
  'subscription.ending': 'A subscription ends with its current billing period.',
  'subscription.kept': 'A subscription that was to end continues.',
  'subscription.cancelled': 'A subscription has ended.',
  'change.requested': 'A change of a subscription was requested.',
  'change.forwarded': 'A reseller has accepted a change, which the distributor decides.',
  'change.accepted': 'A change was accepted, or needed no decision.',
  'change.rejected': 'A change was rejected.',
  'change.withdrawn': 'A change was withdrawn.',
  'change.failed': 'The operation of a change was abandoned.',
  'change.completed': 'A change is completed: the provider has confirmed it.',
  'operation.created': 'A provisioning operation was created.',
  'operation.changed': 'The state of a provisioning operation has changed.',
  'operation.abandoned': 'A failed provisioning operation was abandoned.',
  'step.changed': 'The state of a step of a provisioning operation has changed.',
  'cancellation.requested': 'The cancellation of a subscription was requested.',
  'cancellation.forwarded': 'A reseller accepted a cancellation request, which now awaits the distributor.',
  'cancellation.accepted': 'A cancellation request was accepted.',
  'cancellation.rejected': 'A cancellation request was rejected.',
  'cancellation.withdrawn': 'A cancellation request was withdrawn.',
  'cancellation.completed': 'A cancellation request is completed: the subscription has ended.',
  'cancellation.failed': 'The operation of a cancellation request was abandoned: the subscription continues.',
  'charge.created': 'A charge or a credit was written. Sent to the payer.',
} as const satisfies Partial<Record<EventType, string>>;

/** Event types that are recorded for one webhook, whatever it selects. */
type OneWebhookEvent = 'webhook.test' | 'webhook.reset';

/** Event types that only webhooks of every account can select: all others of the audit trail. */
export const DISTRIBUTOR_EVENTS: Readonly<
  Record<Exclude<EventType, keyof typeof PUBLISHED_EVENTS | OneWebhookEvent>, string>
> = {
  'subscription.differs': 'The provider has another state of a subscription.',
  'provider.reconciled': 'The records of a provider were compared with those of the gateway.',
  'catalog.changed': 'The catalog or a price was changed.',
  'catalog.imported': 'The import of a catalog has begun, or has ended.',
  'retail.changed': 'A retail price was changed.',
  'basket.changed': 'A basket was changed.',
  'account.created': 'An account was created.',
  'account.changed': 'An account was changed.',
  'user.created': 'A user was created.',
  'user.changed': 'A user was changed, or its sessions have ended.',
  'user.signed-in': 'A user has signed in.',
  'user.signed-out': 'A user has signed out.',
  'invitation.sent': 'An invitation was sent.',
  'invitation.revoked': 'An invitation was revoked.',
  'invitation.accepted': 'An invitation was accepted.',
  'mail.resent': 'A mail was sent again.',
  'key.created': 'An API key was created.',
  'key.revoked': 'An API key was revoked.',
  'webhook.created': 'A webhook was created.',
  'webhook.changed': 'A webhook was changed, or asked to send events again.',
  'webhook.disabled': 'A webhook was disabled.',
  'webhook.deleted': 'A webhook was deleted.',
};

/** Names of the event types that every webhook can select. */
export const PUBLISHED_EVENT_TYPES = Object.keys(PUBLISHED_EVENTS);
const ALL_EVENT_TYPES = [...PUBLISHED_EVENT_TYPES, ...Object.keys(DISTRIBUTOR_EVENTS)];

/** Names of the event types that a webhook can select. */
export const eventTypesOf = (everyAccount: boolean): readonly string[] =>
  everyAccount ? ALL_EVENT_TYPES : PUBLISHED_EVENT_TYPES;

/** Group of an event type: `order.*`. */
export const groupOf = (type: string): string => `${type.split('.')[0]}.*`;

const selectable = (everyAccount: boolean): ReadonlySet<string> =>
  new Set(eventTypesOf(everyAccount).flatMap(type => [type, groupOf(type)]));
const selectableByAccount = selectable(false);
const selectableByAll = selectable(true);

/** Whether a webhook can select a text: an event type, or a group such as `order.*`. */
export const isEventType = (text: string, everyAccount: boolean): boolean =>
  (everyAccount ? selectableByAll : selectableByAccount).has(text);
