import type { Session } from '../../database';
import {
  Account,
  CancellationRequest,
  CancellationRequestState,
  CloudSubscription,
  type DomainEvent,
  type Notification,
  Order,
  orderNumber,
  type User,
} from '../../entities';
import { findById, readById } from '../../store';
import type { Facts, TemplateName } from '../templates';
import { findDeciders, findRecipients } from './recipients';

/** Mail about an event, and its recipients. */
export type Notice = {
  [Name in TemplateName]: { template: Name; facts: Facts[Name]; recipients: User[] };
}[TemplateName];

type Notify = (session: Session, event: DomainEvent) => Promise<Notice | null>;

/** Mails about events, by the type of the event. */
const notices: Readonly<Record<string, Notify>> = {
  'cancellation.requested': requestOpened,
  'cancellation.forwarded': requestOpened,
  'cancellation.accepted': requestDecided,
  'cancellation.rejected': requestDecided,
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

/** Facts of a request that waits for a decision. */
export async function requestFacts(
  session: Session,
  { id, subscriptionId, accountId, reason }: CancellationRequest,
): Promise<Facts['request-opened']> {
  const { friendlyName } = await readById(session, CloudSubscription, subscriptionId);
  const { name } = await readById(session, Account, accountId);
  return { requestId: id, subscription: friendlyName, account: name, reason };
}

async function requestOpened(
  session: Session,
  { type, requestId, userId }: DomainEvent,
): Promise<Notice | null> {
  const request = requestId && (await findById(session, CancellationRequest, requestId));
  if (!request || request.state !== CancellationRequestState.PENDING) return null;
  // The next decider learns of the request by the event that forwards it.
  if (type === 'cancellation.requested' && request.forwardedAt) return null;
  const deciders = await findDeciders(session, request);
  // A requester who decides knows of the request.
  const others = deciders.filter(id => id !== userId);
  const recipients = await findRecipients(session, others, 'CANCELLATION_REQUESTED');
  return { template: 'request-opened', facts: await requestFacts(session, request), recipients };
}

async function requestDecided(session: Session, { requestId, type }: DomainEvent): Promise<Notice | null> {
  const request = requestId && (await findById(session, CancellationRequest, requestId));
  // An automatic acceptance is no decision.
  if (!request || request.decidedById === null || request.decidedById === request.requestedById) return null;
  const { friendlyName } = await readById(session, CloudSubscription, request.subscriptionId);
  return {
    template: 'request-decided',
    facts: {
      subscription: friendlyName,
      accepted: type === 'cancellation.accepted',
      note: request.decisionNote,
    },
    recipients: await findRecipients(session, [request.requestedById], 'REQUEST_DECIDED'),
  };
}

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
