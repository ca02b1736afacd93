import type { Connection, Listed } from './types';

/** Delay before a failed page is read again, in milliseconds. */
const AGAIN_MS = 5000;
/** Rest after a re-read, as a multiple of its duration: a long list uses a fifth of the time. */
const REST = 4;

/** State of a list that is shown. */
export interface RowsState<Row> {
  readonly rows: readonly Row[];
  readonly total: number | undefined;
  /** Whether the gateway has further records. */
  readonly more: boolean;
  readonly loadingMore: boolean;
  readonly failed: boolean;
}

/** `fresh` rows, followed by those `old` ones that the fresh ones do not reach yet. No row is there twice. */
function merge<Row extends Listed>(fresh: readonly Row[], old: readonly Row[]): Row[] {
  const ids = new Set(fresh.map(({ id }) => id));
  const reached = old.findLastIndex(({ id }) => ids.has(id));
  return [...fresh, ...old.slice(reached + 1)];
}

/**
 * Loaded rows of a list. Pages are read one after another, each after the end of the page before, so that no row is lost
 * between two pages.
 */
export class LoadedRows<Row extends Listed> {
  private state: RowsState<Row> = {
    rows: [],
    total: undefined,
    more: false,
    loadingMore: false,
    failed: false,
  };
  private readonly watchers = new Set<() => void>();
  private head: Connection<Row> | undefined;
  /** Cursor of the last row. */
  private end: string | null = null;
  /** Increments with every complete re-read. */
  private generation = 0;
  private rereading = false;
  private stale = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly readPage: (after: string | null) => Promise<Connection<Row>>) {}

  /** For `useSyncExternalStore`. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => {
      this.watchers.delete(watcher);
      if (this.watchers.size === 0) this.rest();
    };
  };

  /** Current state. */
  readonly read = (): RowsState<Row> => this.state;

  /** Takes a new first page, and reads the other loaded pages again. */
  takeHead(head: Connection<Row>): void {
    if (head === this.head) return;
    this.head = head;
    this.stale = true;
    if (this.timer === undefined) void this.reread();
  }

  /** Forgets the rows after the first `count`: the list is opened anew. */
  shorten(count: number): void {
    if (this.state.rows.length <= count) return;
    this.generation += 1;
    this.put({ rows: this.state.rows.slice(0, count), more: false, loadingMore: false });
    this.stale = true;
  }

  /** Reads the next page. */
  async loadMore(): Promise<void> {
    if (this.state.loadingMore || !this.state.more) return;
    this.put({ loadingMore: true, failed: false });
    for (;;) {
      const { generation } = this;
      try {
        const page = await this.readPage(this.end);
        // After a re-read the list ends elsewhere.
        if (generation !== this.generation) continue;
        this.end = page.pageInfo.endCursor;
        const rows = merge(this.state.rows, page.nodes);
        this.put({ rows, more: page.pageInfo.hasNextPage, loadingMore: false });
      } catch {
        this.put({ loadingMore: false, failed: true });
      }
      return;
    }
  }

  /** Reads pages until `count` rows are loaded. */
  async loadUpTo(count: number): Promise<void> {
    while (this.state.rows.length < count && this.state.more && !this.state.failed) await this.loadMore();
  }

  private async reread(): Promise<void> {
    if (this.rereading || !this.head) return;
    this.rereading = true;
    this.stale = false;
    const beganAt = Date.now();
    let page = this.head;
    const { totalCount: total } = page;
    let fresh = [...page.nodes];
    try {
      while (page.pageInfo.hasNextPage && fresh.length < this.state.rows.length) {
        this.put({ rows: merge(fresh, this.state.rows), total });
        page = await this.readPage(page.pageInfo.endCursor);
        fresh = merge(fresh, page.nodes);
      }
      this.generation += 1;
      this.end = page.pageInfo.endCursor;
      this.put({ rows: fresh, total, more: page.pageInfo.hasNextPage, failed: false });
    } catch {
      this.stale = true;
      this.put({ failed: true });
    }
    this.rereading = false;
    this.again(this.state.failed ? AGAIN_MS : REST * (Date.now() - beganAt));
  }

  private again(delayMs: number): void {
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.stale && this.watchers.size > 0) void this.reread();
    }, delayMs);
  }

  private rest(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private put(change: Partial<RowsState<Row>>): void {
    this.state = { ...this.state, ...change };
    for (const watcher of this.watchers) watcher();
  }
}
