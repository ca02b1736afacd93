import type { Database, Session, Transaction } from '../database';
import { type EventLog, record } from '../events';
import { findCatalogRows, findCatalogVersion, incrementCatalogVersion, lockCatalogVersion } from '../store';
import { type CatalogRows, CatalogSnapshot, type RetailFallback } from './snapshot';

/** Read model of the catalog: held in memory, and replaced as a whole when its version changes. */
export class Catalog {
  private snapshot: CatalogSnapshot | undefined;
  private loading: Promise<CatalogSnapshot> | undefined;

  constructor(
    private readonly db: Database,
    private readonly retailFallback: RetailFallback = 'hidden',
  ) {}

  /** Latest snapshot of this process. Throws before the first load. */
  get current(): CatalogSnapshot {
    if (!this.snapshot) throw new Error('The catalog is not loaded yet.');
    return this.snapshot;
  }

  /** Loads the catalog, and reloads it on events of other processes. */
  async start(log: EventLog, onError: (error: unknown) => void): Promise<void> {
    await this.load();
    log.onEvent(event => {
      if (event.type === 'catalog.changed') this.load().catch(onError);
    });
  }

  /** Snapshot at the version that `session` sees. Reads through it: a second connection could deadlock the pool. */
  async snapshotFor(session: Session): Promise<CatalogSnapshot> {
    return this.snapshotAt(await findCatalogVersion(session), session);
  }

  /** Snapshot at a version that was just read through `session`. */
  async snapshotAt(version: number | undefined, session: Session): Promise<CatalogSnapshot> {
    const { snapshot } = this;
    return snapshot && snapshot.version === version ? snapshot : this.read(session);
  }

  /** Reloads the catalog. Concurrent calls share one reload that begins after them. */
  async load(): Promise<CatalogSnapshot> {
    const before = this.loading;
    if (before) await before.catch(() => undefined);
    if (!this.loading || this.loading === before) {
      this.loading = this.read(this.db).finally(() => {
        this.loading = undefined;
      });
    }
    return this.loading;
  }

  private async read(session: Session): Promise<CatalogSnapshot> {
    const snapshot = new CatalogSnapshot(await readRows(session), this.retailFallback);
    if (!this.snapshot || snapshot.version >= this.snapshot.version) this.snapshot = snapshot;
    return this.snapshot;
  }
}

/** Reads rows of one version. Reads again if the version changes meanwhile. */
async function readRows(session: Session): Promise<CatalogRows> {
  for (;;) {
    const version = await findCatalogVersion(session);
    const rows = { version: version ?? 0, ...(await findCatalogRows(session)) };
    if ((await findCatalogVersion(session)) === version) return rows;
  }
}

/** Locks the catalog against changes by others until the transaction ends. */
export async function lockCatalog(tx: Transaction): Promise<void> {
  await lockCatalogVersion(tx);
}

/** Objects of a change of the catalog, and its author. */
interface CatalogChangeContext {
  /** Ids of the objects, whose history has the change. */
  about?: readonly string[];
  /** User who made the change. Defaults to null, the system. */
  userId?: string | null;
}

/** Records the changes of the transaction as one version. Call it first, or after `lockCatalog`. */
export async function recordCatalogChange(
  tx: Transaction,
  message: string,
  { about = [], userId = null }: CatalogChangeContext = {},
): Promise<void> {
  await incrementCatalogVersion(tx);
  record(tx, { type: 'catalog.changed', message, userId, data: { about } });
}
