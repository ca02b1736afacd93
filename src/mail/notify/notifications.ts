import type { Session } from '../../database';
import { Account, type DomainEvent, type Notification, Order, orderNumber } from '../../entities';
import { findById, readById } from '../../store';
import { decisionNotices } from './decision-notices';
import type { Notice } from './notice';
import { findRecipients } from './recipients';

type Notify = (session: Session, event: DomainEvent) => Promise<Notice | null>;

/** Mails about events, by the type of the event. */
const notices: Readonly<Record<string, Notify>> = {
  ...decisionNotices,
  'order.completed': (session, event) => orderEnded(session, event, 'order-completed', 'ORDER_COMPLETED'),
  'order.partially_completed': (session, event) =>
    orderEnded(session, event, 'order-partially-completed', 'ORDER_COMPLETED'),
  'order.failed': (session, event) => orderEnded(session, event, 'order-failed', 'ORDER_FAILED'),
  'order.cancelled': orderAbandoned,
};

/** Whether a mail may be sent about events of this type. */
export const isNotified = ({ type }: DomainEvent): boolean => Object.hasOwn(notices, type);

/** Finds the mail about an event. Null if nobody gets one. */
export const noticeOf = (session: Session, event: DomainEvent): Promise<Notice | null> =>
  notices[event.type]?.(session, event) ?? Promise.resolve(null);

type OrderTemplate = 'order-completed' | 'order-partially-completed' | 'order-failed' | 'order-abandoned';

/** An order that a person has cancelled before its execution needs no mail. */
async function orderAbandoned(session: Session, event: DomainEvent): Promise<Notice | null> {
  return event.userId === null ? orderEnded(session, event, 'order-abandoned', 'ORDER_FAILED') : null;
}

async function orderEnded(
  session: Session,
  { orderId }: DomainEvent,
  template: OrderTemplate,
  notification: Notification,
): Promise<Notice | null> {
  const order = orderId && (await findById(session, Order, orderId));
  if (!order) return null;
  const { name } = await readById(session, Account, order.recipientId);
  const facts = { number: orderNumber(order), account: name };
  return { template, facts, recipients: await findRecipients(session, [order.placedById], notification) };
}
