import type { Session } from '../database';
import {
  CancellationRequest,
  CloudSubscription,
  type DomainEvent,
  Order,
  ProvisioningOperation,
} from '../entities';
import { encodeCursor, LOG_KEY, positionOf } from '../events';
import type { Actor } from '../policies';
import { type EntityClass, findVisible } from '../store';

/** Members of an event's data that are public. */
const PUBLIC_DATA = ['step', 'stepState', 'operationState'];

/** Body of the message for an event. Depends on the event only, so that every attempt sends the same bytes. */
export function messageBody(event: DomainEvent): string {
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
    data: { cursor, ...withoutNulls(references), ...publicData, ...sentence },
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
