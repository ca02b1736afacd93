import { type DomainEvent, StreamReset, type StreamResetReason } from '../../entities';
import { type CursorScope, type EventLog, encodeCursor, type LogPosition, positionOf } from '../../events';
import { type Actor, isStaff, mightSee } from '../../policies';
import type { ActorContext } from '../context';
import { ALL_TOPICS, Feed, type Message, type MissedEvents, startPosition } from './feed';

/** Argument that limits a stream to an object, and field of the events of that object. */
type FilterName = 'orderId' | 'subscriptionId';

/** Ids that limit a stream. */
export type StreamFilter = Partial<Record<FilterName, string | null>>;

/** Stream of the graph: a snapshot, then an update for each of its events. A reset and a snapshot replace lost updates. */
export interface LogStream {
  /** First part of the scope of its cursors. */
  name: string;
  filters: readonly FilterName[];
  /** Whether events of a type belong to the stream. */
  includes(type: string): boolean;
  /** Reads the current state of everything that matches. */
  snapshot(context: ActorContext, filter: StreamFilter): Promise<object>;
  /** Builds the message of an event. Null if the viewer cannot see its object. */
  update(context: ActorContext, event: DomainEvent): Promise<object | null>;
  /** Throws NOT_FOUND for a filter that names objects which the viewer cannot see. */
  checkFilter?(context: ActorContext, filter: StreamFilter): Promise<void>;
}

/** Scope of the cursors of a stream with a filter. */
export const scopeOf = ({ name, filters }: LogStream, filter: StreamFilter): CursorScope => [
  name,
  ...filters.map(id => filter[id] ?? null),
];

/** A reader that fell further behind reads a snapshot faster than the updates that it missed. */
const MAX_LAG = 5000;

class LogFeed extends Feed {
  readonly maxLag = MAX_LAG;
  constructor(
    private readonly stream: LogStream,
    private readonly filter: StreamFilter,
    private readonly place: LogPosition,
    private readonly resumed: boolean,
    private readonly events: Pick<EventLog, 'cachedPositionAt'>,
  ) {
    super(place.seq);
  }

  opening(): Message[] {
    return this.resumed ? [] : [this.snapshot(this.place)];
  }

  topic(viewer: Actor): string {
    const [id] = this.stream.filters.flatMap(name => this.filter[name] ?? []);
    if (id) return id;
    return isStaff(viewer) ? ALL_TOPICS : (viewer.accountId ?? ALL_TOPICS);
  }

  accepts(event: DomainEvent, viewer: Actor): boolean {
    const { includes, filters } = this.stream;
    const matches = filters.every(name => !this.filter[name] || event[name] === this.filter[name]);
    return includes(event.type) && matches && mightSee(viewer, event);
  }

  message(event: DomainEvent): Message {
    return this.messageAt(positionOf(event), 'update', context => this.stream.update(context, event));
  }

  lost(reason: StreamResetReason, { from, upTo }: MissedEvents): Message[] {
    // Its own position, not that of the snapshot: a reader that disconnects between the two loses nothing.
    const reset = async () => Object.assign(new StreamReset(), { reason });
    return [
      this.messageAt(this.events.cachedPositionAt(from), 'reset', reset),
      this.snapshot(this.events.cachedPositionAt(upTo)),
    ];
  }

  private snapshot(place: LogPosition): Message {
    return this.messageAt(place, 'snapshot', context => this.stream.snapshot(context, this.filter));
  }

  private messageAt(
    place: LogPosition,
    kind: Message['kind'],
    read: (context: ActorContext) => Promise<object | null>,
  ): Message {
    const cursor = encodeCursor(place, scopeOf(this.stream, this.filter));
    return {
      cursor,
      kind,
      async make(context) {
        const message = await read(context);
        return message && Object.assign(message, { cursor });
      },
    };
  }
}

/**
 * Opens a stream. With `after`, it replays exactly the updates that follow, then continues live; otherwise it starts with
 * a snapshot. The position is read before the snapshot, so no update is lost between the two.
 */
export async function openStream(
  stream: LogStream,
  context: ActorContext,
  { after, ...filter }: StreamFilter & { after?: string | null },
): Promise<Feed> {
  await stream.checkFilter?.(context, filter);
  const { place, resumed } = await startPosition(context, after, scopeOf(stream, filter));
  return new LogFeed(stream, filter, place, resumed, context.events);
}
