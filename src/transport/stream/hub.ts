import { elapsedSince } from '../../clock';
import type { EventLog, Page } from '../../events';
import type { Pipeline } from '../../graphql';
import { type Actor, viewerClass } from '../../policies';
import type { Dependencies } from '../../services/context';
import { type Feed, topicsOf } from '../../services/streams/feed';
import { Channel, type ChannelHub } from './channel';
import type { StreamOperation } from './operation';
import { SharedResults } from './shared-results';

/** Events after which a message can have another answer, although it is about another event. */
const CLEARING: ReadonlySet<string> = new Set(['user.changed', 'account.changed', 'retail.changed']);

/** Distributes events to channels by topic: readers of other topics cost an event nothing. */
export class Hub implements ChannelHub {
  readonly results = new SharedResults();
  private readonly channels = new Map<string, Channel>();
  private readonly topics = new Map<string, Set<Channel>>();

  constructor(
    readonly deps: Dependencies,
    readonly pipeline: Pipeline,
  ) {
    deps.events.onEvent(({ type }) => {
      if (CLEARING.has(type)) this.results.clear();
    });
    deps.events.onPage(
      page => this.distribute(page),
      () => this.topics.size > 0,
    );
  }

  /** Event log of the process. */
  get log(): EventLog {
    return this.deps.events;
  }

  /** Returns the channel for an operation and the rights of `viewer`, and counts a reader. `release` undoes it. */
  channel(operation: StreamOperation, feed: Feed, viewer: Actor): Channel {
    const key = `${viewerClass(viewer)} ${operation.key}`;
    const channel = this.channels.get(key) ?? new Channel(this, key, operation, feed, viewer);
    this.channels.set(key, channel);
    channel.readers += 1;
    return channel;
  }

  /** Removes a reader from a channel. */
  release(channel: Channel): void {
    channel.readers -= 1;
    if (channel.readers === 0) this.channels.delete(channel.key);
  }

  recordDelivery(moment: Date): void {
    const seconds = Math.max(0, elapsedSince(moment)) / 1000;
    this.deps.metrics.streams.deliverySeconds.observe(seconds);
  }

  subscribe(channel: Channel): void {
    const listeners = this.topics.get(channel.topic) ?? new Set();
    this.topics.set(channel.topic, listeners.add(channel));
    if (this.topics.size === 1) this.log.wake();
  }

  unsubscribe(channel: Channel): void {
    const listeners = this.topics.get(channel.topic);
    listeners?.delete(channel);
    if (listeners?.size === 0) this.topics.delete(channel.topic);
  }

  private distribute(page: Page): void {
    const touched = new Set<Channel>();
    for (const event of page) {
      for (const topic of topicsOf(event)) {
        for (const channel of this.topics.get(topic) ?? []) if (channel.offer(event)) touched.add(channel);
      }
    }
    for (const channel of touched) channel.flush();
  }
}
