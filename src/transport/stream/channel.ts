import type { DomainEvent } from '../../entities';
import type { EventLog } from '../../events';
import type { Pipeline } from '../../graphql';
import { classActor } from '../../policies';
import type { Dependencies } from '../../services/context';
import type { Feed, Message } from '../../services/streams/feed';
import { retryUntilAvailable } from '../../services/streams/retry-until-available';
import type { Connection } from './connection';
import { executeMessage } from './execute';
import type { StreamOperation } from './operation';
import type { Payload } from './payload';
import type { SharedResults } from './shared-results';

type Viewer = ReturnType<typeof classActor>;

/** Reader that is at the head of the log. */
export interface Member {
  readonly connection: Pick<Connection, 'held'>;
  /** It has everything up to this number. */
  readonly position: number;
  /** Takes messages that several members share; `upTo` is the number of the last event that they tell of. */
  receive(payloads: readonly Payload[], upTo: number): void;
  /** Leaves the channel and reads the log again. */
  fallBehind(): void;
  /** Ends its stream with an error. */
  fail(error: unknown): void;
}

/** Hub of a channel. */
export interface ChannelHub {
  readonly deps: Dependencies;
  readonly pipeline: Pipeline;
  readonly log: EventLog;
  readonly results: SharedResults;
  /** From now on `channel` is offered the events of its topic. */
  listen(channel: Channel): void;
  ignore(channel: Channel): void;
  /** Live readers have been sent what occurred at `moment`. */
  delivered(moment: Date): void;
}

/** Events executed at once, and sent in one write. */
const BATCH = 16;
/** Events that may wait for their execution; beyond that the members go back to reading the log. */
const MOST_PENDING = 1000;

/**
 * All readers that get the same answers: same document, variables and viewer class. Those that are at the head of the log
 * are its members; an event is executed once for all of them, serialized once, and written to each. Those that are
 * behind share its executions while they catch up.
 */
export class Channel {
  readonly viewer: Viewer;
  /** Readers that belong here, members or behind. */
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

  get topic(): string {
    return this.feed.topic(this.viewer);
  }

  /** Makes `reader`, which is at the head of the log, a member. */
  join(reader: Member): void {
    if (this.members.size === 0) this.hub.listen(this);
    this.members.add(reader);
  }

  leave(reader: Member): void {
    if (!this.members.delete(reader) || this.members.size > 0) return;
    this.hub.ignore(this);
    this.pending = [];
  }

  /** The number up to which the members have everything. */
  get position(): number {
    const next = this.batch[0] ?? this.pending[0];
    return next ? (next.seq ?? 0) - 1 : this.hub.log.head;
  }

  /** Takes an event if it is for this channel; `flush` has to follow. */
  offer(event: DomainEvent): boolean {
    const accepted = this.feed.accepts(event, this.viewer);
    if (accepted) this.pending.push(event);
    if (this.pending.length > MOST_PENDING) for (const reader of [...this.members]) reader.fallBehind();
    return accepted;
  }

  /** The message as everybody here gets it; null where nobody here may see it. */
  render(message: Message): Promise<Payload | null> {
    return this.hub.results.get(`${message.kind} ${message.cursor} ${this.key}`, () =>
      executeMessage(this.hub.pipeline, this.hub.deps, this.operation.admitted, this.viewer, message),
    );
  }

  /** Sends what was offered. */
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
      const made = await Promise.all(this.batch.map(event => this.render(this.feed.message(event))));
      await retryUntilAvailable(() => this.hub.deps.actors.refresh(this.heldByMembers()));
      const numbered = made.flatMap((payload, index) =>
        payload ? [{ payload, seq: this.batch[index]?.seq ?? 0 }] : [],
      );
      const [oldest] = this.batch;
      const first = oldest?.seq ?? 0;
      this.batch = [];
      const payloads = numbered.map(({ payload }) => payload);
      for (const reader of this.members) {
        // Who joined while this was being made has the beginning of it already.
        const since = reader.position;
        const theirs =
          since < first ? payloads : numbered.filter(({ seq }) => seq > since).map(({ payload }) => payload);
        reader.receive(theirs, last);
      }
      if (oldest && this.members.size > 0) this.hub.delivered(oldest.occurredAt);
    }
  }

  /** What breaks here would break again at once: the members are told, and begin anew when they choose. */
  private fail(error: unknown): void {
    for (const reader of [...this.members]) reader.fail(error);
  }

  private *heldByMembers() {
    for (const { connection } of this.members) yield connection.held;
  }
}
