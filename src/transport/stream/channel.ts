import type { DomainEvent } from '../../entities';
import type { EventLog } from '../../events';
import type { Pipeline } from '../../graphql';
import { classActor } from '../../policies';
import type { Dependencies } from '../../services/context';
import type { Feed, Message } from '../../services/streams/feed';
import { retryUntilAvailable } from '../../services/streams/retry-until-available';
import type { Connection } from './connection';
import { executeMessage } from './execute-message';
import type { StreamOperation } from './operation';
import type { Payload } from './payload';
import type { SharedResults } from './shared-results';

type Viewer = ReturnType<typeof classActor>;

/** Reader at the head of the log. */
export interface Member {
  readonly connection: Pick<Connection, 'held'>;
  /** Sequence number of the last event that the reader has received. */
  readonly position: number;
  /** Receives messages that the members share. `upTo` is the sequence number of the last event. */
  receive(payloads: readonly Payload[], upTo: number): void;
  /** Leaves the channel and reads the log from the reader's position. */
  fallBehind(): void;
  /** Ends the stream with an error. */
  fail(error: unknown): void;
}

/** Hub as a channel uses it. */
export interface ChannelHub {
  readonly deps: Dependencies;
  readonly pipeline: Pipeline;
  readonly log: EventLog;
  readonly results: SharedResults;
  /** Offers the events of its topic to `channel`. */
  subscribe(channel: Channel): void;
  /** Stops offering events to `channel`. */
  unsubscribe(channel: Channel): void;
  /** Records the latency of an event that occurred at `moment` and was sent to live readers. */
  recordDelivery(moment: Date): void;
}

/** Number of events that are executed concurrently and sent in one write. */
const BATCH = 16;
/** Maximum events that wait for execution. Beyond it, the members go back to reading the log. */
const MAX_PENDING = 1000;

/**
 * Channel of the readers that get the same answers: same document, variables and viewer class. Readers at the head of the
 * log are its members: an event is executed and serialized once, and written to each. Readers that replay events share
 * executions while they catch up.
 */
export class Channel {
  readonly viewer: Viewer;
  /** Number of readers of the channel, members or not. */
  readers = 0;
  private readonly members = new Set<Member>();
  private pending: DomainEvent[] = [];
  private batch: readonly DomainEvent[] = [];
  private delivering = false;

  constructor(
    private readonly hub: ChannelHub,
    readonly key: string,
    private readonly operation: StreamOperation,
    readonly feed: Feed,
    viewer: Viewer,
  ) {
    this.viewer = classActor(viewer);
  }

  /** Topic of the events. */
  get topic(): string {
    return this.feed.topic(this.viewer);
  }

  /** Adds a reader at the head of the log to the members. */
  join(reader: Member): void {
    if (this.members.size === 0) this.hub.subscribe(this);
    this.members.add(reader);
  }

  /** Removes a reader from the members. */
  leave(reader: Member): void {
    if (!this.members.delete(reader) || this.members.size > 0) return;
    this.hub.unsubscribe(this);
    this.pending = [];
  }

  /** Sequence number of the last event that the members have received. */
  get position(): number {
    const next = this.batch[0] ?? this.pending[0];
    return next ? (next.seq ?? 0) - 1 : this.hub.log.head;
  }

  /** Queues an event if the feed accepts it. The caller calls `flush` afterwards. */
  offer(event: DomainEvent): boolean {
    const accepted = this.feed.accepts(event, this.viewer);
    if (accepted) this.pending.push(event);
    if (this.pending.length > MAX_PENDING) for (const reader of [...this.members]) reader.fallBehind();
    return accepted;
  }

  /** Executes a message for all readers of the channel. Null if they cannot see it. */
  render(message: Message): Promise<Payload | null> {
    return this.hub.results.get(`${message.kind} ${message.cursor} ${this.key}`, () =>
      executeMessage(this.hub.pipeline, this.hub.deps, this.operation.admitted, this.viewer, message),
    );
  }

  /** Executes and sends the queued events. */
  flush(): void {
    if (this.delivering) return;
    this.delivering = true;
    this.deliver()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.delivering = false;
        this.batch = [];
        if (this.pending.length > 0) this.flush();
      });
  }

  private async deliver(): Promise<void> {
    while (this.pending.length > 0) {
      this.batch = this.pending.splice(0, BATCH);
      const last = this.batch.at(-1)?.seq ?? 0;
      const rendered = await Promise.all(this.batch.map(event => this.render(this.feed.message(event))));
      await retryUntilAvailable(() => this.hub.deps.actors.refresh(this.membersHeld()));
      const numbered = rendered.flatMap((payload, index) =>
        payload ? [{ payload, seq: this.batch[index]?.seq ?? 0 }] : [],
      );
      const [oldest] = this.batch;
      const first = oldest?.seq ?? 0;
      this.batch = [];
      const payloads = numbered.map(({ payload }) => payload);
      for (const reader of this.members) {
        // A reader that joined during the execution has received the first events already.
        const since = reader.position;
        const unseen =
          since < first ? payloads : numbered.filter(({ seq }) => seq > since).map(({ payload }) => payload);
        reader.receive(unseen, last);
      }
      if (oldest && this.members.size > 0) this.hub.recordDelivery(oldest.occurredAt);
    }
  }

  /** Ends the streams of all members. A retry would fail again at once, so clients decide when to reconnect. */
  private fail(error: unknown): void {
    for (const reader of [...this.members]) reader.fail(error);
  }

  private *membersHeld() {
    for (const { connection } of this.members) yield connection.held;
  }
}
