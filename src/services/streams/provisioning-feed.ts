import {
  CloudSubscription,
  type DomainEvent,
  Order,
  ProvisioningOperation,
  ProvisioningUpdate,
  StreamReset,
  type StreamResetReason,
} from '../../entities';
import { requestError } from '../../errors';
import { type CursorScope, type EventLog, encodeCursor, type LogPosition, positionOf } from '../../events';
import { type Actor, isStaff, mightSee } from '../../policies';
import { findVisible, isPartOfOrder } from '../../store';
import type { ActorContext } from '../context';
import { isGiven } from '../input';
import { ALL_TOPICS, Feed, type Message, type MissedEvents, startPosition } from './feed';
import { type ProvisioningFilter, snapshot } from './provisioning-snapshot';

const TYPES = new Set(['operation.created', 'operation.changed', 'step.changed']);

/** A reader that fell further behind reads a snapshot faster than what it missed. */
const MAX_LAG = 5000;

class ProvisioningFeed extends Feed {
  readonly maxLag = MAX_LAG;
  private readonly key: CursorScope;

  constructor(
    private readonly filter: ProvisioningFilter,
    private readonly place: LogPosition,
    private readonly resumed: boolean,
    private readonly events: Pick<EventLog, 'cachedPositionAt'>,
  ) {
    super(place.seq);
    this.key = provisioningKey(filter);
  }

  opening(): Message[] {
    return this.resumed ? [] : [this.snapshot(this.place)];
  }

  topic(viewer: Actor): string {
    const { orderId, subscriptionId } = this.filter;
    if (orderId || subscriptionId) return orderId || subscriptionId || ALL_TOPICS;
    return isStaff(viewer) ? ALL_TOPICS : (viewer.accountId ?? ALL_TOPICS);
  }

  accepts(event: DomainEvent, viewer: Actor): boolean {
    const { orderId, subscriptionId } = this.filter;
    if (!TYPES.has(event.type)) return false;
    if (orderId && event.orderId !== orderId) return false;
    if (subscriptionId && event.subscriptionId !== subscriptionId) return false;
    return mightSee(viewer, event);
  }

  message(event: DomainEvent): Message {
    const cursor = encodeCursor(positionOf(event), this.key);
    return {
      cursor,
      kind: 'update',
      async make({ db, actor }) {
        const operation = await findVisible(db, actor, ProvisioningOperation, event.operationId ?? '');
        if (!operation) return null;
        const { step = null, stepState = null, operationState } = event.data as Partial<ProvisioningUpdate>;
        const { occurredAt, message } = event;
        const told = { cursor, occurredAt, operation, step, stepState, operationState, message };
        return Object.assign(new ProvisioningUpdate(), told);
      },
    };
  }

  lost(reason: StreamResetReason, { from, upTo }: MissedEvents): Message[] {
    // Its own position, not that of the snapshot: a reader that disconnects between the two loses nothing.
    const cursor = encodeCursor(this.events.cachedPositionAt(from), this.key);
    const reset: Message = {
      cursor,
      kind: 'reset',
      make: async () => Object.assign(new StreamReset(), { cursor, reason }),
    };
    return [reset, this.snapshot(this.events.cachedPositionAt(upTo))];
  }

  private snapshot(place: LogPosition): Message {
    return snapshot(this.filter, encodeCursor(place, this.key));
  }
}

/** Of the stream with this filter. */
export const provisioningKey = ({ orderId, subscriptionId }: ProvisioningFilter): CursorScope => [
  'provisioning',
  orderId,
  subscriptionId,
];

/**
 * The feed of one subscription to `provisioningUpdates`. With `after`, exactly the messages missed since, then live;
 * without, a snapshot, then live. The place in the log is taken before the snapshot is read, so nothing is lost between.
 */
export async function provisioningFeed(
  context: ActorContext,
  { orderId, subscriptionId, after }: ProvisioningFilter & { after?: string | null },
): Promise<Feed> {
  const filter = { orderId: orderId ?? null, subscriptionId: subscriptionId ?? null };
  await refuseAbsent(context, filter);
  const { place, resumed } = await startPosition(context, after, provisioningKey(filter));
  return new ProvisioningFeed(filter, place, resumed, context.events);
}

async function refuseAbsent({ db, actor }: ActorContext, { orderId, subscriptionId }: ProvisioningFilter) {
  if (isGiven(orderId) && !(await findVisible(db, actor, Order, orderId))) {
    throw requestError('NOT_FOUND', 'This order does not exist, or you cannot see it.');
  }
  if (isGiven(subscriptionId) && !(await findVisible(db, actor, CloudSubscription, subscriptionId))) {
    throw requestError('NOT_FOUND', 'This subscription does not exist, or you cannot see it.');
  }
  if (!isGiven(orderId) || !isGiven(subscriptionId)) return;
  if (await isPartOfOrder(db, orderId, subscriptionId)) return;
  throw requestError('NOT_FOUND', 'The subscription is not part of this order.');
}
