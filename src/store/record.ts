import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { DomainEvent } from '../entities';
import { writeAtEnd } from './write-at-end';

/** Type of an event. The prefix names the record that changed. */
export type EventType =
  | 'order.placed'
  | 'order.executing'
  | 'order.completed'
  | 'order.partially_completed'
  | 'order.failed'
  | 'order.cancelled'
  | 'order.referenced'
  | 'subscription.created'
  | 'subscription.activated'
  | 'subscription.renamed'
  | 'subscription.referenced'
  | 'subscription.ending'
  | 'subscription.kept'
  | 'subscription.cancelled'
  | 'subscription.changed'
  | 'subscription.suspended'
  | 'subscription.reactivated'
  | 'operation.created'
  | 'operation.changed'
  | 'operation.abandoned'
  | 'step.changed'
  | 'cancellation.requested'
  | 'cancellation.forwarded'
  | 'cancellation.accepted'
  | 'cancellation.rejected'
  | 'cancellation.withdrawn'
  | 'cancellation.completed'
  | 'change.requested'
  | 'change.forwarded'
  | 'change.accepted'
  | 'change.rejected'
  | 'change.withdrawn'
  | 'change.completed'
  | 'change.failed'
  | 'cancellation.failed'
  | 'charge.created'
  | 'catalog.changed'
  | 'catalog.imported'
  | 'retail.changed'
  | 'subscription.differs'
  | 'provider.reconciled'
  | 'basket.changed'
  | 'user.created'
  | 'user.changed'
  | 'user.signed-in'
  | 'user.signed-out'
  | 'account.created'
  | 'account.changed'
  | 'invitation.sent'
  | 'invitation.revoked'
  | 'invitation.accepted'
  | 'mail.resent'
  | 'key.created'
  | 'key.revoked'
  | 'webhook.created'
  | 'webhook.changed'
  | 'webhook.disabled'
  | 'webhook.deleted'
  | 'webhook.test'
  | 'webhook.reset';

/** Event to record. Omitted references are null. */
export type NewEvent = { type: EventType; message: string } & Partial<
  Pick<
    DomainEvent,
    | 'userId'
    | 'accountId'
    | 'resellerId'
    | 'orderId'
    | 'subscriptionId'
    | 'operationId'
    | 'requestId'
    | 'changeId'
    | 'data'
  >
>;

const insertEvents = (tx: Transaction, events: readonly Partial<DomainEvent>[]) =>
  tx.insert(DomainEvent, events);

/** Maximum length of a message, that of its column. Longer ones are cut: they quote URLs, reasons and lists of names. */
const MAX_MESSAGE_CHARACTERS = 1000;

/** Records `event` in the transaction of its change. All events of a transaction are inserted together, before its COMMIT. */
export function record(tx: Transaction, event: NewEvent): void {
  tx.touched.add('events');
  const message = event.message.slice(0, MAX_MESSAGE_CHARACTERS);
  writeAtEnd(tx, insertEvents, [{ data: {}, ...event, message, occurredAt: currentTime() }]);
}
