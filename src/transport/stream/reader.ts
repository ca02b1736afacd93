import type { GraphQLError } from 'graphql';
import { StreamResetReason } from '../../entities';
import type { Page } from '../../events';
import type { Feed, Message } from '../../services/streams/feed';
import { retryUntilAvailable } from '../../services/streams/retry-until-available';
import type { Channel, Member } from './channel';
import type { Connection, OpenStream } from './connection';
import type { Hub } from './hub';
import type { StreamOperation } from './operation';
import type { Payload, Sink } from './payload';
import { StreamCompletion } from './stream-completion';

/** Number of events that are executed concurrently and sent in one write during a replay. */
const BATCH = 16;

/**
 * Reader of one subscription of one connection. Messages go to its sink; the protocol library sees only the end
 * (`StreamCompletion`). Behind the head of the log, the reader replays events as fast as the sink accepts them. At the head
 * it is a member of its channel. Its only state is its position.
 */
export class Reader extends StreamCompletion implements OpenStream, Member {
  position: number;
  private channel: Channel | undefined;
  private opening: Message[];
  private atHead = false;
  private reading = false;
  private readAgain = false;
  private isSlow = false;
  private started: (() => void) | undefined;
  private release: (() => void) | undefined;

  constructor(
    private readonly hub: Hub,
    readonly connection: Connection,
    private readonly operation: StreamOperation,
    private readonly feed: Feed,
    private readonly sink: Sink,
  ) {
    super();
    this.position = feed.start;
    this.opening = feed.opening();
    connection.readers.add(this);
  }

  get isLive(): boolean {
    return this.atHead;
  }

  /** Calls `listener` at the first message, when the reader waits for events, or at the end. */
  whenStarted(listener: () => void): void {
    this.started = listener;
  }

  /** Calls `listener` once, at the end of the stream. */
  whenEnded(listener: () => void): void {
    if (this.ended) listener();
    else this.release = listener;
  }

  receive(payloads: readonly Payload[], upTo: number): void {
    if (!this.atHead || !this.connection.isValid()) return;
    if (payloads.length > 0) this.sink.send(payloads);
    this.position = Math.max(this.position, upTo);
    if (!this.sink.ready) this.fallBehind();
  }

  fallBehind(): void {
    this.isSlow = true;
    this.leaveChannel();
    this.read();
  }

  changeRights(): void {
    this.leaveChannel();
    this.read();
  }

  fail(error: unknown): void {
    const { pipeline, deps } = this.hub;
    const { log } = deps;
    this.end(pipeline.mask({ errors: [error as GraphQLError] }, { log, requestId: this.connection.id }));
  }

  protected override begin(): void {
    this.read();
  }

  protected override cleanUp(): void {
    this.start();
    this.release?.();
    this.leaveChannel();
    this.connection.readers.delete(this);
  }

  private start(): void {
    this.started?.();
    this.started = undefined;
  }

  private leaveChannel(): void {
    const { channel } = this;
    if (!channel) return;
    if (this.atHead) this.position = Math.max(this.position, channel.position);
    this.atHead = false;
    channel.leave(this);
    this.hub.release(channel);
    this.channel = undefined;
  }

  /** Replays events until the reader is a member, waits for a slow consumer, or has ended. Never runs concurrently. */
  private read(): void {
    this.readAgain = this.reading;
    if (this.reading || this.atHead || this.ended) return;
    this.reading = true;
    this.readOn()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.reading = false;
        if (this.readAgain) this.read();
      });
  }

  private async readOn(): Promise<void> {
    while (!this.ended && !this.atHead) {
      if (!this.sink.ready) return this.sink.whenReady(() => this.read());
      await retryUntilAvailable(() => this.hub.deps.actors.refresh([this.connection.held]));
      if (this.ended || !this.connection.isValid()) return;
      await this.step(this.ownChannel());
    }
  }

  private ownChannel(): Channel {
    const { actor } = this.connection.held;
    if (!actor) throw new Error('A connection is open although its user was deleted.');
    this.channel ??= this.hub.channel(this.operation, this.feed, actor);
    return this.channel;
  }

  private async step(channel: Channel): Promise<void> {
    const { log } = this.hub;
    const [first] = this.opening;
    if (first) return this.open(channel, first);
    if (this.isSlow && log.head - this.position > this.feed.maxLag) {
      return this.reset(StreamResetReason.TOO_SLOW);
    }
    const page = await retryUntilAvailable(() => log.after(this.position));
    if (page === 'expired') return this.reset(StreamResetReason.CURSOR_EXPIRED);
    if (page.length > 0) return this.catchUp(channel, page);
    // Synchronous: no event can arrive between this check and the join.
    if (log.head > this.position || this.channel !== channel || this.ended) return;
    this.isSlow = false;
    this.atHead = true;
    channel.join(this);
    this.start();
  }

  private async open(channel: Channel, message: Message): Promise<void> {
    const payload = await channel.render(message);
    if (this.send(channel, payload ? [payload] : [])) this.opening.shift();
  }

  private reset(reason: StreamResetReason): void {
    const { head } = this.hub.log;
    this.opening = this.feed.lost(reason, { from: this.position, upTo: head });
    this.position = head;
    this.isSlow = false;
  }

  private async catchUp(channel: Channel, events: Page): Promise<void> {
    for (let at = 0; at < events.length && this.sink.ready; ) {
      const batch = [];
      for (; at < events.length && batch.length < BATCH; at += 1) {
        const event = events[at];
        if (event && this.feed.accepts(event, channel.viewer)) batch.push(event);
      }
      const upTo = events[at - 1]?.seq ?? this.position;
      const rendered = await Promise.all(batch.map(event => channel.render(this.feed.message(event))));
      await retryUntilAvailable(() => this.hub.deps.actors.refresh([this.connection.held]));
      if (
        !this.send(
          channel,
          rendered.flatMap(payload => payload ?? []),
        )
      )
        return;
      this.position = upTo;
    }
  }

  /** Sends payloads. False, with nothing sent, if the rights or the connection have changed since the execution. */
  private send(channel: Channel, payloads: readonly Payload[]): boolean {
    if (this.ended || this.channel !== channel || !this.connection.isValid()) return false;
    if (payloads.length > 0) {
      this.sink.send(payloads);
      this.start();
    }
    return true;
  }
}
