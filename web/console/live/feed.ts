import {
  followCancellations,
  followProvisioning,
  type ProvisioningMessage,
  type ProvisioningOperation,
  type TokenSource,
} from '../../../client';
import { STREAM_URL } from '../../shared/settings';

/** Update of an operation. */
export type Happening = Extract<ProvisioningMessage, { __typename: 'ProvisioningUpdate' }>;

/** State of the connection. */
export type Connection =
  | { is: 'connecting' }
  | { is: 'live'; caughtUp: { awayMs: number; missed: number } | null }
  | { is: 'interrupted'; since: number; attempts: number }
  | { is: 'over'; reason: string };

/** State that the stream has delivered. */
export interface FeedState {
  connection: Connection;
  operations: ReadonlyMap<string, ProvisioningOperation>;
  /** Newest last. */
  happenings: readonly Happening[];
}

const MOST_HAPPENINGS = 2000;
/** Time for which messages are collected before a render, in milliseconds. */
const BURST_MS = 30;

/** Follows the streams of one user, keeps the state that they deliver, and notifies listeners of changes. */
export class Feed {
  private state: FeedState = { connection: { is: 'connecting' }, operations: new Map(), happenings: [] };
  private next = this.state;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private resumedAt = 0;
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<() => void>();
  private readonly stop = new AbortController();

  constructor(private readonly token: TokenSource) {}

  /** Starts the streams. Returns a function that ends them. */
  start(): () => void {
    void this.follow();
    void this.followRequests();
    return () => this.stop.abort();
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
      onInterrupted: () => this.interrupted(),
      onResumed: () => this.resumed(),
    });
    try {
      for await (const message of messages) this.take(message);
    } catch (error) {
      this.put({ connection: { is: 'over', reason: (error as Error).message } });
    }
  }

  private async followRequests(): Promise<void> {
    const { signal } = this.stop;
    const requests = followCancellations({ url: STREAM_URL, token: this.token, signal });
    try {
      for await (const _ of requests) this.changed();
    } catch {
      // The other stream has the same token and reports the end of the session.
    }
  }

  private interrupted(): void {
    const { connection } = this.next;
    const before = connection.is === 'interrupted' ? connection : { since: Date.now(), attempts: 0 };
    this.put({ connection: { is: 'interrupted', since: before.since, attempts: before.attempts + 1 } });
  }

  private resumed(): void {
    const { connection } = this.next;
    if (connection.is === 'interrupted') {
      this.resumedAt = Date.now();
      const awayMs = this.resumedAt - connection.since;
      this.put({ connection: { is: 'live', caughtUp: { awayMs, missed: 0 } } });
    }
    this.changed();
  }

  private take(message: ProvisioningMessage): void {
    if (message.__typename === 'StreamReset') return;
    if (message.__typename === 'ProvisioningSnapshot') {
      const operations = new Map(message.operations.map(operation => [operation.id, operation]));
      const { connection } = this.next;
      this.put({
        operations,
        ...(connection.is === 'connecting' && { connection: { is: 'live', caughtUp: null } }),
      });
    } else {
      const operations = new Map(this.next.operations).set(message.operation.id, message.operation);
      const happenings = [...this.next.happenings, message].slice(-MOST_HAPPENINGS);
      this.put({ operations, happenings, connection: this.countMissed(message) });
    }
    this.changed();
  }

  /** Counts updates from before the reconnection: they were missed and are replayed. */
  private countMissed({ occurredAt }: Happening): Connection {
    const { connection } = this.next;
    if (connection.is === 'connecting') return { is: 'live', caughtUp: null };
    if (connection.is !== 'live' || !connection.caughtUp || Date.parse(occurredAt) > this.resumedAt)
      return connection;
    const { awayMs, missed } = connection.caughtUp;
    return { is: 'live', caughtUp: { awayMs, missed: missed + 1 } };
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
