import type { Session } from '../database';
import {
  CancellationRequest,
  Charge,
  CloudSubscription,
  type DomainEvent,
  Order,
  ProvisioningOperation,
  Role,
} from '../entities';
import { encodeCursor, LOG_KEY, positionOf } from '../events';
import { type Actor, hasRole } from '../policies';
import { type EntityClass, findVisible, type References } from '../store';

/** Members of an event's data that are public. */
const PUBLIC_DATA = ['step', 'stepState', 'operationState'];

/** Names of the ids in the data of events of the distributor, by the group of the type. */
const ID_NAMES: Readonly<Record<string, string>> = {
  key: 'apiKeyId',
  webhook: 'webhookId',
  catalog: 'catalogImportId',
};

/** Ids that only messages to the distributor have: webhooks of accounts do not get the types of these events. */
function distributorIds({ type, userId, data }: DomainEvent) {
  const [group = ''] = type.split('.');
  const own = ID_NAMES[group];
  return {
    ...(own && typeof data.id === 'string' && { [own]: data.id }),
    ...(group === 'user' && { userId }),
    ...(group === 'invitation' && { invitationId: data.invitationId }),
    ...(group === 'mail' && { mailId: data.mailId }),
  };
}

/** Id of the charge of an event. Undefined for events of other types. */
const chargeOf = ({ type, data }: DomainEvent): string | undefined =>
  type === 'charge.created' ? String(data.chargeId) : undefined;

/** Body of the message for an event. Every attempt sends the same bytes while the references stay the same. */
export function messageBody(event: DomainEvent, external: References): string {
  const { type, occurredAt, accountId, orderId, subscriptionId, operationId, requestId, changeId } = event;
  const chargeId = chargeOf(event);
  const references = {
    accountId,
    orderId,
    subscriptionId,
    operationId,
    cancellationRequestId: requestId,
    subscriptionChangeId: changeId,
    ...(chargeId !== undefined && { chargeId }),
  };
  const publicData = Object.fromEntries(
    PUBLIC_DATA.flatMap(name => (name in event.data ? [[name, event.data[name]]] : [])),
  );
  // Messages of other events are for the audit trail.
  const sentence = /^(operation|step|webhook)\./.test(type) ? { message: event.message } : {};
  const cursor = encodeCursor(positionOf(event), LOG_KEY);
  return JSON.stringify({
    type,
    timestamp: occurredAt.toISOString(),
    data: {
      cursor,
      ...withoutNulls({ ...references, ...distributorIds(event), ...external }),
      ...publicData,
      ...sentence,
    },
  });
}

const withoutNulls = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

/** Whether `actor` can still see the subject of an event. Streams check the same at every message. */
export async function canSee(session: Session, actor: Actor, event: DomainEvent): Promise<boolean> {
  const [entity, id] = subjectRow(event);
  if (entity === null) return event.type.startsWith('webhook.') || hasRole(actor, Role.ADMINISTRATOR);
  return (await findVisible(session, actor, entity, id)) !== undefined;
}

function subjectRow(event: DomainEvent): [EntityClass<{ id: string }>, string] | [null] {
  const { type, operationId, requestId, subscriptionId, orderId } = event;
  if (type.startsWith('webhook.')) return [null];
  const chargeId = chargeOf(event);
  // The subscription is visible to an end customer, who does not pay.
  if (chargeId !== undefined) return [Charge, chargeId];
  if (operationId) return [ProvisioningOperation, operationId];
  if (requestId) return [CancellationRequest, requestId];
  if (subscriptionId) return [CloudSubscription, subscriptionId];
  return orderId ? [Order, orderId] : [null];
}
