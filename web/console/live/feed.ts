import {
  followCancellations,
  followProvisioning,
  type ProvisioningMessage,
  type ProvisioningOperation,
  type TokenSource,
} from '../../../client';
import { STREAM_URL } from '../../shared/settings';

/** One thing that happened, as the stream told it. */
export type Happening = Extract<ProvisioningMessage, { __typename: 'ProvisioningUpdate' }>;

/** Whether what is shown is what is. */
export type Connection =
  | { is: 'connecting' }
  | { is: 'live'; caughtUp: { awayMs: number; missed: number } | null }
  | { is: 'interrupted'; since: number; attempts: number }
  | { is: 'over'; reason: string };

/** All that the stream has told. */
export interface FeedState {
  connection: Connection;
  operations: ReadonlyMap<string, ProvisioningOperation>;
  /** Newest last. */
  happenings: readonly Happening[];
}

const MOST_HAPPENINGS = 2000;
/** Messages of one burst are shown together. */
const BURST_MS = 30;

/** Follows the stream for one user, keeps the state that it tells, and says when that changes. */
export class Feed {
  private state: FeedState = { connection: { is: 'connecting' }, operations: new Map(), happenings: [] };
  private next = this.state;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private resumedAt = 0;
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<() => void>();
  private readonly stop = new AbortController();

  constructor(private readonly token: TokenSource) {}

  /** Begins; gives what ends it. */
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

  /** What is known now. */
  readonly read = (): FeedState => this.state;

  /** Calls back whenever something has changed at the gateway, and when the connection is back. */
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
      // A stream that is over for good says so through the other one, which has the same token.
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

  /** What happened before the connection was back was missed, and is now made up for. */
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
