import { columns, type Database } from '../database';
import { DomainEvent } from '../entities';
import type { LogPosition } from './cursor';
import { Poller, type PollResult } from './poller';
import { isCharged, numberEvents, readLogState } from './sequencer';

const e = columns(DomainEvent, 't');

/** Events cached in memory. Readers that are further behind read the table. */
const MAX_CACHED = 4096;
/** Page size of reads from the table. */
const PAGE = 500;
/** Longest pause between polls while there are readers: events of other processes arrive within 250 ms. */
const POLL_MS = 80;
/** Longest pause without readers. */
const IDLE_POLL_MS = 1000;

/** Consecutive events of the log. */
export type Page = readonly DomainEvent[];

/**
 * Tail of the event log, shared by all readers of the process. It numbers committed events, reads numbered ones, caches the
 * last of them and passes them to listeners. Readers hold only a cursor, so a slow consumer costs nothing.
 */
export class EventLog {
  private cached: DomainEvent[] = [];
  private last = 0;
  private catchingUp: Promise<void> | undefined;
  private readonly eventListeners: ((event: DomainEvent) => void)[] = [];
  private hasReaders: () => boolean = () => false;
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
      () => (this.hasReaders() ? POLL_MS : IDLE_POLL_MS),
    );
    db.onCommit('events', () => this.poller.wake());
  }

  /** Starts at the end of the log. */
  async start(): Promise<void> {
    this.last = (await readLogState(this.db)).last;
    this.poller.start();
  }

  async stop(): Promise<void> {
    await this.poller.stop();
  }

  /** Position of the last event that this process has read. */
  async headPosition(): Promise<LogPosition> {
    return this.positionAt(this.last);
  }

  /** Position after the event with the number `seq`. Has no time when the event was removed. */
  async positionAt(seq: number): Promise<LogPosition> {
    return { seq, at: await this.timeOf(seq) };
  }

  /** Position after the event with the number `seq`, from the cache only. Has no time when the event is not cached. */
  cachedPositionAt(seq: number): LogPosition {
    return { seq, at: this.cached[seq - (this.last - this.cached.length) - 1]?.occurredAt };
  }

  /** Whether a position belongs to this log: not ahead, and its event (unless removed) has its time. */
  async contains({ seq, at }: LogPosition): Promise<boolean> {
    if (seq > this.last) return false;
    const time = at && (await this.timeOf(seq));
    return time === undefined || time.getTime() === at?.getTime();
  }

  /** Number of the last event that this process has read. */
  get head(): number {
    return this.last;
  }

  /** Calls `listener` with every event, in order, before the readers get it. */
  onEvent(listener: (event: DomainEvent) => void): void {
    this.eventListeners.push(listener);
  }

  /** Calls `listener` with every page, in order, after `head` has moved past it. Without readers the log is polled less often. */
  onPage(listener: (page: Page) => void, hasReaders: () => boolean): void {
    this.pageListeners.push(listener);
    this.hasReaders = hasReaders;
  }

  /** Polls the log now, for the first reader after a time without readers. */
  wake(): void {
    this.poller.wake();
  }

  /** Reads the log, up to every event numbered before the call. Calls in one turn of the event loop share a read. */
  catchUp(): Promise<void> {
    this.catchingUp ??= new Promise<void>(resolve => setImmediate(resolve)).then(() => {
      this.catchingUp = undefined;
      return this.readToEnd();
    });
    return this.catchingUp;
  }

  /** Page of events after `cursor`. Empty when the reader is up to date, `expired` when the next event was removed. */
  async after(cursor: number): Promise<Page | 'expired'> {
    if (cursor >= this.last) return [];
    const first = this.last - this.cached.length;
    if (cursor >= first) return this.cached.slice(cursor - first, cursor - first + PAGE);
    const page = await this.page(cursor);
    // Numbers are dense, so a gap means removed events.
    return page[0]?.seq === cursor + 1 ? page : 'expired';
  }

  private async timeOf(seq: number): Promise<Date | undefined> {
    const { at } = this.cachedPositionAt(seq);
    if (at || seq === 0) return at;
    const [row] = await this.db.rows<{ occurredAt: Date }>(
      `SELECT ${e.occurredAt} FROM ${e.table} WHERE ${e.seq} = ?`,
      [seq],
    );
    return row?.occurredAt;
  }

  /** Numbers every event that was committed before the call, and their charges. */
  async numberCommitted(): Promise<void> {
    await this.advance();
  }

  private async advance(): Promise<PollResult> {
    const state = await readLogState(this.db);
    let head = state.last;
    for (let more = state.unnumbered; more; ) {
      const { after, events, ...numbered } = await numberEvents(this.db);
      head = Math.max(head, after + events.length);
      // Consecutive events need not be read again.
      if (after === this.last && events.length > 0) this.append(events);
      more = numbered.more;
    }
    if (this.last < head) while (await this.readPage());
    return state.unnumbered && 'busy';
  }

  private async readToEnd(): Promise<void> {
    const { last } = await readLogState(this.db);
    while (this.last < last && (await this.readPage()));
  }

  private async readPage(): Promise<boolean> {
    const page = await this.page(this.last);
    // A concurrent call may have read the same page.
    const fresh = page.filter(event => (event.seq ?? 0) > this.last);
    if (fresh.length > 0) this.append(fresh);
    return page.length === PAGE;
  }

  private append(fresh: Page): void {
    // After an absence longer than the retention the cache would have a gap.
    if (fresh[0]?.seq !== this.last + 1) this.cached = [];
    this.cached.push(...fresh);
    if (this.cached.length > 2 * MAX_CACHED) this.cached = this.cached.slice(-MAX_CACHED);
    this.last = fresh.at(-1)?.seq ?? this.last;
    for (const event of fresh) for (const listener of this.eventListeners) listener(event);
    for (const listener of this.pageListeners) listener(fresh);
  }

  private page(cursor: number): Promise<DomainEvent[]> {
    return this.db.many(
      DomainEvent,
      `WHERE ${e.seq} > ? AND ${isCharged(e.seq)} ORDER BY ${e.seq} LIMIT ${PAGE}`,
      [cursor],
    );
  }
}
