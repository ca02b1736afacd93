import type { Database, Session, Transaction } from '../database';
import { type EventLog, record } from '../events';
import { findCatalogRows, findCatalogVersion, incrementCatalogVersion, lockCatalogVersion } from '../store';
import { type CatalogRows, CatalogSnapshot } from './snapshot';

/** The read model of the catalog: always in memory, replaced as a whole when its version moves. */
export class Catalog {
  private snapshot: CatalogSnapshot | undefined;
  private loading: Promise<CatalogSnapshot> | undefined;

  constructor(private readonly db: Database) {}

  /** The catalog as this process knows it. */
  get current(): CatalogSnapshot {
    if (!this.snapshot) throw new Error('The catalog is not loaded yet.');
    return this.snapshot;
  }

  /** Loads it, and follows its changes in every process through the log. */
  async start(log: EventLog, onError: (error: unknown) => void): Promise<void> {
    await this.load();
    log.onEvent(event => {
      if (event.type === 'catalog.changed') this.load().catch(onError);
    });
  }

  /**
   * The catalog at the version that `session` sees: rules that are checked in a transaction are checked against the
   * catalog of that very moment. It is read through `session` itself: a transaction that waited for another connection
   * while it holds one would wait for itself as soon as enough of them do so.
   */
  async snapshotFor(session: Session): Promise<CatalogSnapshot> {
    return this.snapshotAt(await findCatalogVersion(session), session);
  }

  /** The catalog at the version that was just read through `session` with something else. */
  async snapshotAt(version: number | undefined, session: Session): Promise<CatalogSnapshot> {
    const { snapshot } = this;
    return snapshot && snapshot.version === version ? snapshot : this.read(session);
  }

  /** Reads all of it again; calls that come while it is being read share one reading that begins after them. */
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
    const snapshot = new CatalogSnapshot(await readRows(session));
    if (!this.snapshot || snapshot.version >= this.snapshot.version) this.snapshot = snapshot;
    return this.snapshot;
  }
}

/** Rows of one version: where it moves meanwhile, all is read again. */
async function readRows(session: Session): Promise<CatalogRows> {
  for (;;) {
    const version = await findCatalogVersion(session);
    const rows = { version: version ?? 0, ...(await findCatalogRows(session)) };
    if ((await findCatalogVersion(session)) === version) return rows;
  }
}

/** Lets nobody else change the catalog until the transaction ends: what is read then is what is changed. */
export async function lockCatalog(tx: Transaction): Promise<void> {
  await lockCatalogVersion(tx);
}

/**
 * Makes the changes of the transaction one version. To be called first in it, or behind `lockCatalog`. `userId` is who
 * changes the catalog; null for the system itself.
 */
export async function recordCatalogChange(
  tx: Transaction,
  message: string,
  userId: string | null = null,
): Promise<void> {
  await incrementCatalogVersion(tx);
  record(tx, { type: 'catalog.changed', message, userId });
}
