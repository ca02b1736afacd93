import { columns, type Database } from '../database';
import { DomainEvent } from '../entities';
import type { Place } from './cursor';
import { type Found, Poller } from './poller';
import { logState, numberEvents } from './sequencer';

const e = columns(DomainEvent, 't');

/** Events kept in memory for readers that are nearly up to date; who is further behind reads the table. */
const RECENT = 4096;
/** Events read from the table at once. */
const PAGE = 500;
/**
 * The longest pause between two looks at the log when nothing happens here, while somebody waits for events. The poller
 * adds up to a quarter, numbering and reading take their time: what another process commits is here within 250 ms.
 */
const READ_MS = 80;
/** The same when nobody does. */
const UNREAD_MS = 1000;

/** Events in the order of the log. */
export type Page = readonly DomainEvent[];

/**
 * This process's view of the event log. One tail for all readers: it numbers what is committed, reads what is numbered,
 * keeps the last of it in memory and hands it to whoever listens. Readers hold nothing but their cursor, so one that
 * does not read costs nothing, however long it stalls.
 */
export class EventLog {
  private recent: DomainEvent[] = [];
  private last = 0;
  private catching: Promise<void> | undefined;
  private readonly eventListeners: ((event: DomainEvent) => void)[] = [];
  private attended: () => boolean = () => false;
  private readonly pageListeners: ((page: Page) => void)[] = [];
  private readonly poller: Poller;

  constructor(
    private readonly db: Database,
    onError: (error: unknown) => void,
  ) {
    this.poller = new Poller(
      () => this.advance(),
      onError,
      10,
      () => (this.attended() ? READ_MS : UNREAD_MS),
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
  }

  /** The place of the last event that this process has seen. */
  async headPlace(): Promise<Place> {
    return this.placeAt(this.last);
  }

  /** The place after the event numbered `seq`; without a time where that event is no longer kept. */
  async placeAt(seq: number): Promise<Place> {
    return { seq, at: await this.timeOf(seq) };
  }

  /** The same from memory alone: without a time where the event is not in it. */
  recall(seq: number): Place {
    return { seq, at: this.recent[seq - (this.last - this.recent.length) - 1]?.occurredAt };
  }

  /**
   * Whether `place` is one of this log: it does not lie ahead, and the event that it stands on is the one that had the
   * number when the cursor was given out. An event that is no longer kept cannot be compared.
   */
  async knows({ seq, at }: Place): Promise<boolean> {
    if (seq > this.last) return false;
    const time = at && (await this.timeOf(seq));
    return time === undefined || time.getTime() === at?.getTime();
  }

  /** The number of the last event that this process has seen. */
  get head(): number {
    return this.last;
  }

  /** Calls `listener` with every event, in order, before any reader gets it. */
  onEvent(listener: (event: DomainEvent) => void): void {
    this.eventListeners.push(listener);
  }

  /**
   * Calls `listener` with what was read of the log at once, in order, when `head` has just moved past it. While nobody is
   * `attended`, the log is looked at less often.
   */
  onPage(listener: (page: Page) => void, attended: () => boolean): void {
    this.pageListeners.push(listener);
    this.attended = attended;
  }

  /** Somebody begins to wait: the first reader does not sit out the pause of a log that nobody read. */
  look(): void {
    this.poller.poke();
  }

  /**
   * Looks at the log now; resolves when `head` includes everything that was numbered before the call. Calls that come in
   * one turn of the event loop share one look: a thousand readers that come back at once ask once.
   */
  catchUp(): Promise<void> {
    this.catching ??= new Promise<void>(resolve => setImmediate(resolve)).then(() => {
      this.catching = undefined;
      return this.readToEnd();
    });
    return this.catching;
  }

  /**
   * The events after `cursor`, in order, at most a page of them; none where the reader is up to date. `expired` where the
   * event that follows `cursor` is no longer kept.
   */
  async after(cursor: number): Promise<Page | 'expired'> {
    if (cursor >= this.last) return [];
    const first = this.last - this.recent.length;
    if (cursor >= first) return this.recent.slice(cursor - first, cursor - first + PAGE);
    const page = await this.page(cursor);
    // Numbers are dense: a hole is what was removed, possibly a moment ago.
    return page[0]?.seq === cursor + 1 ? page : 'expired';
  }

  private async timeOf(seq: number): Promise<Date | undefined> {
    const { at } = this.recall(seq);
    if (at || seq === 0) return at;
    const [row] = await this.db.rows<{ occurredAt: Date }>(
      `SELECT ${e.occurredAt} FROM ${e.table} WHERE ${e.seq} = ?`,
      [seq],
    );
    return row?.occurredAt;
  }

  private async advance(): Promise<Found> {
    const state = await logState(this.db);
    let head = state.last;
    for (let more = state.unnumbered; more; ) {
      const { after, events, ...numbered } = await numberEvents(this.db);
      head = Math.max(head, after + events.length);
      // What follows at once need not be read again.
      if (after === this.last && events.length > 0) this.take(events);
      more = numbered.more;
    }
    if (this.last < head) while (await this.readOn());
    return state.unnumbered && 'busy';
  }

  private async readToEnd(): Promise<void> {
    const { last } = await logState(this.db);
    while (this.last < last && (await this.readOn()));
  }

  private async readOn(): Promise<boolean> {
    const page = await this.page(this.last);
    // Another call may have read on meanwhile: only what follows is new.
    const fresh = page.filter(event => (event.seq ?? 0) > this.last);
    if (fresh.length > 0) this.take(fresh);
    return page.length === PAGE;
  }

  private take(fresh: Page): void {
    // After an absence longer than the retention the memory would have a hole.
    if (fresh[0]?.seq !== this.last + 1) this.recent = [];
    this.recent.push(...fresh);
    if (this.recent.length > 2 * RECENT) this.recent = this.recent.slice(-RECENT);
    this.last = fresh.at(-1)?.seq ?? this.last;
    for (const event of fresh) for (const listener of this.eventListeners) listener(event);
    for (const listener of this.pageListeners) listener(fresh);
  }

  private page(cursor: number): Promise<DomainEvent[]> {
    return this.db.many(DomainEvent, `WHERE ${e.seq} > ? ORDER BY ${e.seq} LIMIT ${PAGE}`, [cursor]);
  }
}
