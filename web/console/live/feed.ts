import {
  followOrders,
  followProvisioning,
  followSubscriptions,
  type ProvisioningMessage,
  type ProvisioningOperation,
  type TokenSource,
} from '../../../client';
import { STREAM_URL } from '../../shared/settings';
import { rememberStreamed } from '../data/read-times';
import { onWake } from './probes';
import { Transport, type TransportName } from './transport';

/** Update of an operation. */
export type Happening = Extract<ProvisioningMessage, { __typename: 'ProvisioningUpdate' }>;

/** State of the connection. */
export type Connection =
  | { is: 'connecting' }
  | { is: 'live'; over: TransportName; caughtUp: { awayMs: number; missed: number } | null }
  | { is: 'interrupted'; since: number }
  /** There is no stream, and queries are answered: they run every `POLL_MS`. */
  | { is: 'polling'; since: number }
  | { is: 'over'; reason: string };

/** State that the stream has delivered. */
export interface FeedState {
  connection: Connection;
  operations: ReadonlyMap<string, ProvisioningOperation>;
  /** Newest last. */
  happenings: readonly Happening[];
  /** Number of snapshots. Operations that finished before a snapshot are not in it. */
  snapshots: number;
}

/** Time that queries wait for the stream at the start, in milliseconds. */
const MAX_START_MS = 300;
/** Period of polling what no stream reports, in milliseconds. */
export const POLL_MS = 5000;
const MOST_HAPPENINGS = 2000;
/** Time for which messages are collected before a render, in milliseconds. */
const BURST_MS = 30;

/** Follows the streams of one user, keeps the state that they deliver, and notifies listeners of changes. */
export class Feed {
  private state: FeedState = {
    connection: { is: 'connecting' },
    operations: new Map(),
    happenings: [],
    snapshots: 0,
  };
  private next = this.state;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private resumedAt = 0;
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<() => void>();
  private readonly stop = new AbortController();
  private readonly transport: Transport;
  private poll: ReturnType<typeof setInterval> | undefined;
  private hasBeenLive = false;
  /** Streams whose first message has not arrived. */
  private awaited = 3;
  private hasSnapshot = false;
  /** Whether queries have begun without the streams. */
  private isLate = false;
  private begin!: () => void;
  /**
   * Resolves when the streams are there, or take too long. A query that is read from then on misses no change, so it is not
   * read again because of the start of the stream.
   */
  readonly begun = new Promise<void>(resolve => {
    this.begin = () => {
      this.hasBegun = true;
      resolve();
    };
  });
  /** Whether `begun` has resolved. */
  hasBegun = false;

  /** `reachable` resolves to whether the gateway answers queries. */
  constructor(
    private readonly token: TokenSource,
    private readonly reachable: () => Promise<boolean>,
  ) {
    this.transport = new Transport(reachable);
  }

  /** Starts the streams. Returns a function that ends them. */
  start(): () => void {
    const { signal } = this.stop;
    void this.follow();
    void this.followRecords(followSubscriptions);
    void this.followRecords(followOrders);
    const late = setTimeout(() => {
      this.isLate = this.awaited > 0;
      this.begin();
    }, MAX_START_MS);
    this.poll = setInterval(() => void this.pollOnce(), POLL_MS);
    window.addEventListener('offline', () => this.anew(Date.now()), { signal });
    onWake(lastAwake => this.anew(lastAwake), signal);
    return () => {
      this.stop.abort();
      this.transport.stop();
      clearInterval(this.poll);
      clearTimeout(late);
    };
  }

  /** For `useSyncExternalStore`. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Current state. */
  readonly read = (): FeedState => this.state;

  /** Calls `listener` after each change at the gateway and after each reconnection. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async follow(): Promise<void> {
    const messages = followProvisioning({
      url: STREAM_URL,
      token: this.token,
      signal: this.stop.signal,
      connect: this.transport.connect,
      onInterrupted: () => this.interrupted(),
      onResumed: () => this.resumed(),
    });
    try {
      for await (const message of messages) this.take(message);
    } catch (error) {
      clearInterval(this.poll);
      this.put({ connection: { is: 'over', reason: (error as Error).message } });
    }
  }

  /** Follows changes of records that are no operations, such as a new name. The pages read them again. */
  private async followRecords(followAll: typeof followSubscriptions | typeof followOrders): Promise<void> {
    const { signal } = this.stop;
    const { connectByWebSocket: connect } = this.transport;
    try {
      const messages = followAll({ url: STREAM_URL, token: this.token, signal, connect });
      let isFirst = true;
      for await (const _ of messages) {
        if (isFirst) this.arrived();
        else this.changed();
        isFirst = false;
      }
    } catch {
      // The stream of the operations has the same token and reports the end of the session.
    }
  }

  /** Opens the connections anew, because they may be dead since a time. */
  private anew(since: number): void {
    this.interrupted(since);
    this.transport.reconnect();
  }

  private interrupted(since = Date.now()): void {
    const { connection } = this.next;
    if (connection.is === 'live' || connection.is === 'connecting')
      this.put({ connection: { is: 'interrupted', since } });
  }

  /** Reads again what no stream reports: everything without a stream; over HTTP, everything but operations. */
  private async pollOnce(): Promise<void> {
    if (this.next.connection.is === 'live') {
      if (this.transport.name === 'sse') this.changed();
      return;
    }
    if (this.next.connection.is === 'connecting') return;
    const reachable = await this.reachable();
    const { connection } = this.next;
    if (connection.is !== 'interrupted' && connection.is !== 'polling') return;
    this.put({ connection: { is: reachable ? 'polling' : 'interrupted', since: connection.since } });
    if (reachable) this.changed();
  }

  private live(caughtUp: { awayMs: number; missed: number } | null): Connection {
    this.hasBeenLive = true;
    return { is: 'live', over: this.transport.name, caughtUp };
  }

  private resumed(): void {
    const { connection } = this.next;
    if (connection.is === 'interrupted' || connection.is === 'polling') {
      this.resumedAt = Date.now();
      const awayMs = this.resumedAt - connection.since;
      this.put({ connection: this.live(this.hasBeenLive ? { awayMs, missed: 0 } : null) });
    }
    if (this.hasSnapshot) this.changed();
  }

  private take(message: ProvisioningMessage): void {
    if (message.__typename === 'StreamReset') return;
    if (message.__typename === 'ProvisioningSnapshot') {
      for (const operation of message.operations) rememberStreamed(operation);
      const operations = new Map(message.operations.map(operation => [operation.id, operation]));
      const { connection } = this.next;
      this.put({
        operations,
        snapshots: this.next.snapshots + 1,
        ...(connection.is === 'connecting' && { connection: this.live(null) }),
      });
      if (!this.hasSnapshot) {
        this.hasSnapshot = true;
        this.arrived();
        return;
      }
    } else {
      rememberStreamed(message.operation);
      const operations = new Map(this.next.operations).set(message.operation.id, message.operation);
      const happenings = [...this.next.happenings, message].slice(-MOST_HAPPENINGS);
      this.put({ operations, happenings, connection: this.countMissed(message) });
    }
    this.changed();
  }

  /** Counts updates from before the reconnection: they were missed and are replayed. */
  private countMissed({ occurredAt }: Happening): Connection {
    const { connection } = this.next;
    if (connection.is === 'connecting') return this.live(null);
    if (connection.is !== 'live' || !connection.caughtUp || Date.parse(occurredAt) > this.resumedAt)
      return connection;
    const { awayMs, missed } = connection.caughtUp;
    return { ...connection, caughtUp: { awayMs, missed: missed + 1 } };
  }

  /** Takes note of the first message of a stream. Queries that did not wait for it are read again. */
  private arrived(): void {
    this.awaited -= 1;
    if (this.isLate) this.changed();
    else if (this.awaited === 0) this.begin();
  }

  private put(change: Partial<FeedState>): void {
    this.next = { ...this.next, ...change };
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.state = this.next;
      for (const watcher of this.watchers) watcher();
    }, BURST_MS);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
