import type { Database, Session, Transaction } from '../database';
import {
  Addon,
  CatalogVersion,
  Category,
  ListedPrice,
  PriceList,
  Product,
  ProductAddon,
  Service,
} from '../entities';
import { type EventLog, record } from '../events';
import { CatalogSnapshot } from './snapshot';

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
   * catalog of that very moment.
   */
  async asSeenBy(session: Session): Promise<CatalogSnapshot> {
    const [row] = await session.rows<{ version: number }>('SELECT version FROM catalog_version WHERE id = 1');
    return row?.version === this.current.version ? this.current : this.load();
  }

  /** Reads all of it again; calls that come while it is being read share one reading that begins after them. */
  async load(): Promise<CatalogSnapshot> {
    const before = this.loading;
    if (before) await before.catch(() => undefined);
    if (!this.loading || this.loading === before) {
      this.loading = this.read().finally(() => {
        this.loading = undefined;
      });
    }
    return this.loading;
  }

  private async read(): Promise<CatalogSnapshot> {
    const snapshot = new CatalogSnapshot(await this.db.transaction(readRows));
    if (!this.snapshot || snapshot.version >= this.snapshot.version) this.snapshot = snapshot;
    return this.snapshot;
  }
}

/** The version is locked while the rest is read, so that the rows belong to it. */
async function readRows(tx: Transaction) {
  const version = await tx.one(CatalogVersion, 'WHERE t.id = 1 LOCK IN SHARE MODE');
  return {
    version: version?.version ?? 0,
    services: await tx.many(Service, 'ORDER BY t.name'),
    categories: await tx.many(Category, 'ORDER BY t.position, t.id'),
    products: await tx.many(Product, 'ORDER BY t.position, t.id'),
    addons: await tx.many(Addon, 'ORDER BY t.id'),
    productAddons: await tx.many(ProductAddon, 'ORDER BY t.position, t.addonId'),
    priceLists: await tx.many(PriceList, ''),
    prices: await tx.many(ListedPrice, ''),
  };
}

/** To be called first in every transaction that changes the catalog: makes its changes one version. */
export async function changeCatalog(tx: Transaction, message: string): Promise<void> {
  await tx.execute('UPDATE catalog_version SET version = version + 1 WHERE id = 1');
  record(tx, { type: 'catalog.changed', message });
}
