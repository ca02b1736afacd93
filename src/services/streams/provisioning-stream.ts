import {
  CloudSubscription,
  type DomainEvent,
  OperationState,
  Order,
  ProvisioningOperation,
  ProvisioningSnapshot,
  ProvisioningUpdate,
  StreamReset,
} from '../../entities';
import { requestError } from '../../errors';
import { encodeCursor, type StreamKey } from '../../events';
import { mightSee } from '../../policies';
import { findVisible, visibleRows } from '../../store';
import type { ActorContext } from '../context';
import { follow, startingPoint } from './follow';
import type { Message } from './message';

/** What a reader of provisioning asks for. */
export interface ProvisioningFilter {
  orderId?: string | null;
  subscriptionId?: string | null;
  after?: string | null;
}

const TYPES = new Set(['operation.created', 'operation.changed', 'step.changed']);

/** Operations in a snapshot that is not about one order or subscription. */
const MOST_IN_SNAPSHOT = 500;

/**
 * With `after`, exactly the messages missed since, then live; without, a snapshot, then live. The place in the log is
 * taken before the snapshot is read, so nothing is lost between the two.
 */
export async function* provisioningMessages(
  context: ActorContext,
  filter: ProvisioningFilter,
): AsyncGenerator<Message> {
  const { events, actor, signal } = context;
  const key: StreamKey = ['provisioning', filter.orderId, filter.subscriptionId];
  await refuseAbsent(context, filter);
  const start = await startingPoint(events, filter.after, key);
  if (!filter.after) yield snapshot(filter, key, start);
  const accepts = (event: DomainEvent) =>
    TYPES.has(event.type) && matches(event, filter) && mightSee(actor, event);
  for await (const next of follow(events, start, accepts, signal)) {
    if ('event' in next) {
      yield update(next.event, key);
    } else {
      const cursor = encodeCursor(next.cursor, key);
      yield { make: async () => Object.assign(new StreamReset(), { cursor, reason: next.lost }) };
      yield snapshot(filter, key, next.cursor);
    }
  }
}

async function refuseAbsent({ db, actor }: ActorContext, { orderId, subscriptionId }: ProvisioningFilter) {
  if (orderId && !(await findVisible(db, actor, Order, orderId))) {
    throw requestError('NOT_FOUND', 'There is no such order.');
  }
  if (subscriptionId && !(await findVisible(db, actor, CloudSubscription, subscriptionId))) {
    throw requestError('NOT_FOUND', 'There is no such subscription.');
  }
}

function matches(event: DomainEvent, { orderId, subscriptionId }: ProvisioningFilter): boolean {
  return (
    (!orderId || event.orderId === orderId) && (!subscriptionId || event.subscriptionId === subscriptionId)
  );
}

function snapshot({ orderId, subscriptionId }: ProvisioningFilter, key: StreamKey, seq: number): Message {
  return {
    async make({ db, actor }) {
      const visible = visibleRows(actor, ProvisioningOperation);
      const conditions = [visible.sql];
      const values = [...visible.values];
      if (orderId) conditions.push('t.orderId = ?') && values.push(orderId);
      if (subscriptionId) conditions.push('t.subscriptionId = ?') && values.push(subscriptionId);
      if (!orderId && !subscriptionId) conditions.push(`t.state <> '${OperationState.SUCCEEDED}'`);
      const operations = await db.many(
        ProvisioningOperation,
        `WHERE ${conditions.join(' AND ')} ORDER BY t.id DESC LIMIT ${MOST_IN_SNAPSHOT}`,
        values,
      );
      return Object.assign(new ProvisioningSnapshot(), { cursor: encodeCursor(seq, key), operations });
    },
  };
}

function update(event: DomainEvent, key: StreamKey): Message {
  return {
    async make({ db, actor }) {
      const operation = await findVisible(db, actor, ProvisioningOperation, event.operationId ?? '');
      if (!operation) return null;
      const { step = null, stepState = null, operationState } = event.data as Partial<ProvisioningUpdate>;
      const { occurredAt, message } = event;
      const cursor = encodeCursor(event.seq ?? 0, key);
      return Object.assign(new ProvisioningUpdate(), {
        cursor,
        occurredAt,
        operation,
        step,
        stepState,
        operationState,
        message,
      });
    },
  };
}
