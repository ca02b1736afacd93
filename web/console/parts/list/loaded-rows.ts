import { type Loaded, place, shownOf } from './segments';
import type { Connection, Listed } from './types';

/** Delay before a failed page is read again, in milliseconds. */
const AGAIN_MS = 5000;

/** Reads the page after a cursor. */
export type ReadPage<Row> = (after: string | null) => Promise<Connection<Row>>;

/** State of a list that is shown. */
export interface RowsState<Row> {
  readonly rows: readonly Row[];
  /** Whether the first page was read. */
  readonly loaded: boolean;
  readonly total: number | undefined;
  /** Whether the gateway has further records. */
  readonly more: boolean;
  readonly loadingMore: boolean;
  readonly failed: boolean;
}

/**
 * Loaded rows of a list. Each page is read after the end of the page before, so no row is lost between them. After a change
 * the pages in view are read again, the others when they come into view: the load does not grow with the list.
 */
export class LoadedRows<Row extends Listed> {
  private state: RowsState<Row> = {
    rows: [],
    loaded: false,
    total: undefined,
    more: false,
    loadingMore: false,
    failed: false,
  };
  private loaded: Loaded<Row> = { segments: [], end: null, more: false };
  private shown: Row[][] = [];
  private head: Connection<Row> | undefined;
  private reads = 0;
  private view = { first: 0, last: 0 };
  private refreshing = false;
  private loading: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly watchers = new Set<() => void>();

  constructor(private readonly readPage: ReadPage<Row>) {}

  /** For `useSyncExternalStore`. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => {
      this.watchers.delete(watcher);
      if (this.watchers.size === 0) clearTimeout(this.timer);
    };
  };

  /** Current state. */
  readonly read = (): RowsState<Row> => this.state;

  /** Takes a new first page. The other pages may have changed too. */
  takeHead(head: Connection<Row>): void {
    if (head === this.head) return;
    this.head = head;
    const segments = this.loaded.segments.map(segment => ({ ...segment, stale: true }));
    this.loaded = { ...this.loaded, segments };
    this.take(0, head, { loaded: true, total: head.totalCount });
    void this.refresh();
  }

  /** Takes the indexes of the rows in view. */
  readonly look = (first: number, last: number): void => {
    this.view = { first, last };
    void this.refresh();
  };

  /** Forgets the pages after the first: the list is opened anew. */
  shorten(): void {
    const [first, second] = this.loaded.segments;
    if (!first || !second) return;
    this.put({ segments: [first], end: second.after, more: true });
  }

  /** Reads the next page. Resolves when it is there, also if it is being read already. */
  readonly loadMore = async (): Promise<void> => {
    if (!this.state.more) return;
    this.loading ??= this.readNext();
    await this.loading;
    this.loading = undefined;
  };

  /** Reads pages until `count` rows are loaded. */
  async loadUpTo(count: number): Promise<void> {
    while (this.state.rows.length < count && this.state.more && !this.state.failed) await this.loadMore();
  }

  private async readNext(): Promise<void> {
    this.put(this.loaded, { loadingMore: true, failed: false });
    try {
      let page: Connection<Row>;
      let end: string | null;
      do {
        ({ end } = this.loaded);
        page = await this.readPage(end);
        // A page that was read again in the meantime has moved the end.
      } while (end !== this.loaded.end);
      const { hasNextPage, endCursor } = page.pageInfo;
      const segment = { after: end, rows: page.nodes, readAs: this.nextRead(), stale: false };
      const segments = [...this.loaded.segments, segment];
      this.put({ segments, end: endCursor, more: hasNextPage }, { loadingMore: false });
    } catch {
      this.put(this.loaded, { loadingMore: false });
      this.fail();
    }
  }

  /** Reads the pages in view again, one after another, if they may have changed. */
  private async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    try {
      for (let index = this.staleInView(); index >= 0; index = this.staleInView()) {
        const segment = this.loaded.segments[index];
        const page = await this.readPage(segment?.after ?? null);
        // A new first page may have moved it in the meantime.
        const now = this.loaded.segments.findIndex(({ after }) => after === segment?.after);
        if (now >= 0) this.take(now, page);
      }
    } catch {
      this.fail();
    }
    this.refreshing = false;
  }

  private staleInView(): number {
    let from = 0;
    return this.shown.findIndex((rows, index) => {
      const inView = from <= this.view.last && from + rows.length > this.view.first;
      from += rows.length;
      return inView && this.loaded.segments[index]?.stale;
    });
  }

  private fail(): void {
    this.put(this.loaded, { failed: true });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.put(this.loaded, { failed: false });
      void this.refresh();
    }, AGAIN_MS);
  }

  private nextRead(): number {
    this.reads += 1;
    return this.reads;
  }

  private take(index: number, page: Connection<Row>, change: Partial<RowsState<Row>> = {}): void {
    this.put(place(this.loaded, index, page, this.nextRead()), { failed: false, ...change });
  }

  private put(loaded: Loaded<Row>, change: Partial<RowsState<Row>> = {}): void {
    if (loaded !== this.loaded || this.shown.length === 0) {
      this.shown = shownOf(loaded.segments);
      this.state = { ...this.state, rows: this.shown.flat(), more: loaded.more };
    }
    this.loaded = loaded;
    this.state = { ...this.state, ...change };
    for (const watcher of this.watchers) watcher();
  }
}
