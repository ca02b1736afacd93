import type { Session } from '../database';
import {
  Account,
  CancellationRequest,
  CloudSubscription,
  type DomainEvent,
  Order,
  ProvisioningOperation,
} from '../entities';
import { encodeCursor, LOG_KEY, positionOf } from '../events';
import { type Actor, seesAmounts } from '../policies';
import { type EntityClass, findById, findVisible } from '../store';

/** Members of an event's data that are public. */
const PUBLIC_DATA = ['step', 'stepState', 'operationState'];

/** References of other systems in a message: those of the account, the order and the subscription of its event. */
export interface References {
  accountExternalReference?: string | null;
  orderExternalReference?: string | null;
  purchaseOrderNumber?: string | null;
  subscriptionExternalReference?: string | null;
}

/** Finds the current references of an event. End customers see none. */
export async function findReferences(
  session: Session,
  actor: Actor,
  { accountId, orderId, subscriptionId }: DomainEvent,
): Promise<References> {
  if (!seesAmounts(actor)) return {};
  const account = accountId && (await findById(session, Account, accountId));
  const order = orderId && (await findById(session, Order, orderId));
  const subscription = subscriptionId && (await findById(session, CloudSubscription, subscriptionId));
  return {
    ...(account && { accountExternalReference: account.externalReference }),
    ...(order && {
      orderExternalReference: order.externalReference,
      purchaseOrderNumber: order.purchaseOrderNumber,
    }),
    ...(subscription && { subscriptionExternalReference: subscription.externalReference }),
  };
}

/** Body of the message for an event. Every attempt sends the same bytes while the references stay the same. */
export function messageBody(event: DomainEvent, external: References): string {
  const { type, occurredAt, accountId, orderId, subscriptionId, operationId, requestId } = event;
  const references = { accountId, orderId, subscriptionId, operationId, cancellationRequestId: requestId };
  const publicData = Object.fromEntries(
    PUBLIC_DATA.flatMap(name => (name in event.data ? [[name, event.data[name]]] : [])),
  );
  // Messages of other events are for the audit trail.
  const sentence = /^(operation|step|webhook)\./.test(type) ? { message: event.message } : {};
  const cursor = encodeCursor(positionOf(event), LOG_KEY);
  return JSON.stringify({
    type,
    timestamp: occurredAt.toISOString(),
    data: { cursor, ...withoutNulls({ ...references, ...external }), ...publicData, ...sentence },
  });
}

const withoutNulls = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

/** Whether `actor` can still see the subject of an event. Streams check the same at every message. */
export async function canSee(session: Session, actor: Actor, event: DomainEvent): Promise<boolean> {
  const [entity, id] = subjectRow(event);
  return entity === null || (await findVisible(session, actor, entity, id)) !== undefined;
}

function subjectRow({ type, ...ids }: DomainEvent): [EntityClass<{ id: string }>, string] | [null] {
  const { operationId, requestId, subscriptionId, orderId } = ids;
  if (type.startsWith('webhook.')) return [null];
  if (operationId) return [ProvisioningOperation, operationId];
  if (requestId) return [CancellationRequest, requestId];
  if (subscriptionId) return [CloudSubscription, subscriptionId];
  return [Order, orderId ?? ''];
}
