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
import { type EntityClass, findVisible, type References } from '../store';

/** Members of an event's data that are public. */
const PUBLIC_DATA = ['step', 'stepState', 'operationState'];

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
