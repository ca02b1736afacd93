import type { Database } from '../database';
import { DomainEvent } from '../entities';
import { Poller } from './poller';
import { logState, numberEvents } from './sequencer';

/** Events kept in memory for readers that are nearly up to date; who is further behind reads the table. */
const RECENT = 4096;
/** Events read from the table at once. */
const PAGE = 500;
/** The longest pause between two looks at the log when nothing happens here, while somebody waits for events. */
const READ_MS = 250;
/** The same when nobody does. */
const UNREAD_MS = 1000;

/**
 * This process's view of the event log. One tail for all readers: it numbers what is committed, reads what is numbered,
 * keeps the last of it in memory and wakes whoever waits. Readers hold nothing but their cursor, so one that does not
 * read costs nothing, however long it stalls.
 */
export class EventLog {
  private recent: DomainEvent[] = [];
  private last = 0;
  private waiting = new Set<() => void>();
  private readonly listeners: ((event: DomainEvent) => void)[] = [];
  private readonly poller: Poller;

  constructor(
    private readonly db: Database,
    onError: (error: unknown) => void,
  ) {
    this.poller = new Poller(
      () => this.advance(),
      onError,
      10,
      () => (this.waiting.size > 0 ? READ_MS : UNREAD_MS),
    );
    db.onCommit('events', () => this.poller.poke());
  }

  /** Begins at the end of the log. */
  async start(): Promise<void> {
    this.last = (await logState(this.db)).last;
    this.poller.start();
  }

  async stop(): Promise<void> {
    await this.poller.stop();
    this.wake();
  }

  /** The number of the last event that this process has seen. */
  get head(): number {
    return this.last;
  }

  /** Calls `listener` with every event, in order, before any reader gets it. */
  onEvent(listener: (event: DomainEvent) => void): void {
    this.listeners.push(listener);
  }

  /** Looks at the log now; resolves when `head` includes everything that was numbered before the call. */
  async catchUp(): Promise<void> {
    const { last } = await logState(this.db);
    while (this.last < last && (await this.readOn()));
  }

  /** The events after `cursor`, in order, at most a page of them; none where the reader is up to date. */
  async after(cursor: number): Promise<readonly DomainEvent[]> {
    if (cursor >= this.last) return [];
    const first = this.last - this.recent.length;
    if (cursor >= first) return this.recent.slice(cursor - first, cursor - first + PAGE);
    return this.page(cursor);
  }

  /** Resolves when there is an event after `cursor`, or `signal` is aborted. */
  whenAfter(cursor: number, signal: AbortSignal): Promise<void> {
    if (cursor < this.last || signal.aborted) return Promise.resolve();
    return new Promise(resolve => {
      const wake = () => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      // The first reader does not sit out the pause of a log that nobody read.
      if (this.waiting.size === 1) this.poller.poke();
      signal.addEventListener('abort', wake);
    });
  }

  /** Whether the event after `cursor` is still in the table. */
  async keeps(cursor: number): Promise<boolean> {
    if (cursor >= this.last) return true;
    const [next] = await this.page(cursor, 1);
    return next?.seq === cursor + 1;
  }

  private async advance(): Promise<boolean> {
    const state = await logState(this.db);
    if (state.unnumbered) while (await numberEvents(this.db));
    if (!state.unnumbered && state.last === this.last) return false;
    while (await this.readOn());
    return state.unnumbered;
  }

  private async readOn(): Promise<boolean> {
    const page = await this.page(this.last);
    // Another call may have read on meanwhile: only what follows directly is new.
    const fresh = page.filter(event => (event.seq ?? 0) > this.last);
    for (const event of fresh) {
      this.recent.push(event);
      this.last = event.seq ?? this.last;
      for (const listener of this.listeners) listener(event);
    }
    if (this.recent.length > 2 * RECENT) this.recent = this.recent.slice(-RECENT);
    if (fresh.length > 0) this.wake();
    return page.length === PAGE;
  }

  private page(cursor: number, limit = PAGE): Promise<DomainEvent[]> {
    return this.db.many(DomainEvent, `WHERE t.seq > ? ORDER BY t.seq LIMIT ${limit}`, [cursor]);
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = new Set();
    for (const wake of waiting) wake();
  }
}
