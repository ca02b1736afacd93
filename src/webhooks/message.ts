import type { Session } from '../database';
import {
  CancellationRequest,
  CloudSubscription,
  type DomainEvent,
  Order,
  ProvisioningOperation,
} from '../entities';
import { encodeCursor, LOG_KEY, placeOfEvent } from '../events';
import type { Actor } from '../policies';
import { type EntityClass, findVisible } from '../store';

/** What streams show of an event besides what it is about. */
const SHOWN = ['step', 'stepState', 'operationState'];

/** The body that tells of `event`: made of nothing else, so every attempt sends the same bytes. */
export function bodyOf(event: DomainEvent): string {
  const { type, occurredAt, accountId, orderId, subscriptionId, operationId, requestId } = event;
  const about = { accountId, orderId, subscriptionId, operationId, cancellationRequestId: requestId };
  const shown = Object.fromEntries(
    SHOWN.flatMap(name => (name in event.data ? [[name, event.data[name]]] : [])),
  );
  // The sentences of other events are for the audit trail.
  const sentence = /^(operation|step|webhook)\./.test(type) ? { message: event.message } : {};
  const cursor = encodeCursor(placeOfEvent(event), LOG_KEY);
  return JSON.stringify({
    type,
    timestamp: occurredAt.toISOString(),
    data: { cursor, ...withoutNulls(about), ...shown, ...sentence },
  });
}

const withoutNulls = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

/** Whether `actor` may still see what `event` is about: the same question that a stream asks at every message. */
export async function maySee(session: Session, actor: Actor, event: DomainEvent): Promise<boolean> {
  const [entity, id] = objectOf(event);
  return entity === null || (await findVisible(session, actor, entity, id)) !== undefined;
}

function objectOf({ type, ...ids }: DomainEvent): [EntityClass<{ id: string }>, string] | [null] {
  const { operationId, requestId, subscriptionId, orderId } = ids;
  if (type.startsWith('webhook.')) return [null];
  if (operationId) return [ProvisioningOperation, operationId];
  if (requestId) return [CancellationRequest, requestId];
  if (subscriptionId) return [CloudSubscription, subscriptionId];
  return [Order, orderId ?? ''];
}
