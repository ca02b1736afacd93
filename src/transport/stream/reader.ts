import type { GraphQLError } from 'graphql';
import { StreamResetReason } from '../../entities';
import type { Page } from '../../events';
import type { Feed, Message } from '../../services/streams/feed';
import { retryUntilAvailable } from '../../services/streams/retry-until-available';
import type { Channel, Member } from './channel';
import type { Carried, Connection } from './connection';
import { Ending } from './ending';
import type { Hub } from './hub';
import type { StreamOperation } from './operation';
import type { Payload, Sink } from './payload';

/** Events of the log that are executed at once and sent in one write while a reader catches up. */
const BATCH = 16;

/**
 * One subscription of one connection. To the protocol it is the iterable of its results, which yields nothing but an
 * error that ends it: messages go to its sink, past the protocol. Behind the head of the log it reads on by itself, as
 * fast as the sink takes it; at the head it is a member of its channel. It holds its place and nothing else.
 */
export class Reader extends Ending implements Carried, Member {
  position: number;
  private channel: Channel | undefined;
  private opening: Message[];
  private live = false;
  private reading = false;
  private again = false;
  private slow = false;
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
    return this.live;
  }

  /** Calls `listener` at the first message, when there is none to send, or at the end. */
  whenStarted(listener: () => void): void {
    this.started = listener;
  }

  /** Calls `listener` once, at the end of the stream. */
  whenEnded(listener: () => void): void {
    if (this.ended) listener();
    else this.release = listener;
  }

  receive(payloads: readonly Payload[], upTo: number): void {
    if (!this.live || !this.connection.isValid()) return;
    if (payloads.length > 0) this.sink.send(payloads);
    this.position = Math.max(this.position, upTo);
    if (!this.sink.ready) this.fallBehind();
  }

  fallBehind(): void {
    this.slow = true;
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

  protected override clean(): void {
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
    if (this.live) this.position = Math.max(this.position, channel.position);
    this.live = false;
    channel.leave(this);
    this.hub.release(channel);
    this.channel = undefined;
  }

  /** Reads on until it is a member, slow, or at an end. Never twice at a time. */
  private read(): void {
    this.again = this.reading;
    if (this.reading || this.live || this.ended) return;
    this.reading = true;
    this.readOn()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.reading = false;
        if (this.again) this.read();
      });
  }

  private async readOn(): Promise<void> {
    while (!this.ended && !this.live) {
      if (!this.sink.ready) return this.sink.whenReady(() => this.read());
      await retryUntilAvailable(() => this.hub.deps.actors.refresh([this.connection.held]));
      if (this.ended || !this.connection.isValid()) return;
      await this.step(this.ownChannel());
    }
  }

  private ownChannel(): Channel {
    const { actor } = this.connection.held;
    if (!actor) throw new Error('A connection whose user is gone is still open.');
    this.channel ??= this.hub.channel(this.operation, this.feed, actor);
    return this.channel;
  }

  private async step(channel: Channel): Promise<void> {
    const { log } = this.hub;
    const [first] = this.opening;
    if (first) return this.open(channel, first);
    if (this.slow && log.head - this.position > this.feed.maxLag) {
      return this.lose(StreamResetReason.TOO_SLOW);
    }
    const page = await retryUntilAvailable(() => log.after(this.position));
    if (page === 'expired') return this.lose(StreamResetReason.CURSOR_EXPIRED);
    if (page.length > 0) return this.catchUp(channel, page);
    // In one turn: no event can come between the look and the joining.
    if (log.head > this.position || this.channel !== channel || this.ended) return;
    this.slow = false;
    this.live = true;
    channel.join(this);
    this.start();
  }

  private async open(channel: Channel, message: Message): Promise<void> {
    const payload = await channel.render(message);
    if (this.send(channel, payload ? [payload] : [])) this.opening.shift();
  }

  private lose(reason: StreamResetReason): void {
    const { head } = this.hub.log;
    this.opening = this.feed.lost(reason, { from: this.position, upTo: head });
    this.position = head;
    this.slow = false;
  }

  private async catchUp(channel: Channel, events: Page): Promise<void> {
    for (let at = 0; at < events.length && this.sink.ready; ) {
      const batch = [];
      for (; at < events.length && batch.length < BATCH; at += 1) {
        const event = events[at];
        if (event && this.feed.accepts(event, channel.viewer)) batch.push(event);
      }
      const upTo = events[at - 1]?.seq ?? this.position;
      const made = await Promise.all(batch.map(event => channel.render(this.feed.message(event))));
      await retryUntilAvailable(() => this.hub.deps.actors.refresh([this.connection.held]));
      if (
        !this.send(
          channel,
          made.flatMap(payload => payload ?? []),
        )
      )
        return;
      this.position = upTo;
    }
  }

  /** False where they were made for rights, or a connection, that no longer are: then nothing was sent. */
  private send(channel: Channel, payloads: readonly Payload[]): boolean {
    if (this.ended || this.channel !== channel || !this.connection.isValid()) return false;
    if (payloads.length > 0) {
      this.sink.send(payloads);
      this.start();
    }
    return true;
  }
}
