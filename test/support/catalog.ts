import { demoId } from '../../dev/demo-data/ids';
import { recordCatalogChange } from '../../src/catalog';
import type { EntityClass, Transaction } from '../../src/database';
import {
  Addon,
  type BillingCycle,
  Category,
  ListedPrice,
  PastPrice,
  PriceList,
  Product,
  ProductAddon,
  Service,
} from '../../src/entities';
import { startTestGateway, type TestGateway } from './gateway';
import { until } from './until';

/** The demo products, add-ons and services by what people call them. */
export const product = (sku: string) => demoId('prod', sku);
export const addon = (sku: string) => demoId('add', sku);
export const service = (code: string) => demoId('svc', code);

/** Those that others refer to first. */
const ENTITIES: readonly EntityClass<object>[] = [
  Service,
  Category,
  Product,
  Addon,
  ProductAddon,
  PriceList,
  ListedPrice,
  PastPrice,
];
const TABLES = [
  'past_prices',
  'prices',
  'price_lists',
  'product_addons',
  'addons',
  'products',
  'categories',
  'services',
];

/** The catalog of a gateway, to be changed by tests and put back. */
export interface TestCatalog {
  /** Changes the catalog; resolves when the gateway knows of it. */
  change(work: (tx: Transaction) => Promise<unknown>): Promise<void>;
  /** Changes the price of a product or an add-on; in minor units. */
  reprice(list: 'public' | 'reseller', itemId: string, cycle: BillingCycle, minor: number): Promise<void>;
  /** Takes a product or an add-on out of the catalog. */
  unpublish(table: 'products' | 'addons', id: string): Promise<void>;
  /** The catalog as it was when the gateway started. What refers to its rows has to be gone. */
  restore(): Promise<void>;
}

/** Remembers the catalog as it is now. */
export async function keepCatalog(gateway: TestGateway): Promise<TestCatalog> {
  const { db, catalog } = gateway.app.deps;
  const saved = new Map<EntityClass<object>, object[]>();
  for (const entity of ENTITIES) saved.set(entity, await db.many(entity, ''));
  let changed = false;

  const self: TestCatalog = {
    async change(work) {
      changed = true;
      await db.transaction(async tx => {
        await recordCatalogChange(tx, 'A test changes the catalog.');
        await work(tx);
      });
      const [row] = await gateway.rows<{ version: number }>('SELECT version FROM catalog_version');
      await until(() => catalog.current.version >= (row?.version ?? 0));
    },
    reprice: (list, itemId, cycle, minor) =>
      self.change(tx =>
        tx.execute(
          'UPDATE prices SET unitMinor = ? WHERE priceListId = ? AND itemId = ? AND billingCycle = ?',
          [minor, demoId('pl', list), itemId, cycle],
        ),
      ),
    unpublish: (table, id) =>
      self.change(tx => tx.execute(`UPDATE ${table} SET published = 0 WHERE id = ?`, [id])),
    async restore() {
      if (!changed) return;
      await self.change(async tx => {
        await tx.execute('UPDATE categories SET parentId = NULL');
        for (const table of TABLES) await tx.execute(`DELETE FROM ${table}`);
        for (const [entity, rows] of saved) await tx.insert(entity, rows);
      });
      changed = false;
    },
  };
  return self;
}

/** Queries of the catalog, anonymous or as a demo user. */
function catalogReader(gateway: TestGateway) {
  return {
    /** Resolves to the data. Rejects where there is an error. */
    async ask(query: string, variables: object = {}, email?: string) {
      const answer = await gateway.send(email ? await gateway.token(email) : null, query, variables);
      if (answer.errors) throw new Error(JSON.stringify(answer.errors));
      return answer.data;
    },
    /** Resolves to the rejection of an anonymous query. */
    async refusal(query: string, variables: object = {}) {
      const { status, data, errors } = await gateway.send(null, query, variables);
      expect(data).toBeFalsy();
      return { status, codes: errors?.map(error => error.extensions.code), message: errors?.[0]?.message };
    },
  };
}

/** A gateway whose catalog the tests of a file change. */
interface CatalogWorld {
  gateway: TestGateway;
  catalog: TestCatalog;
  read: ReturnType<typeof catalogReader>;
}

/** World of a test file: a gateway with the demo catalog, both as they were at the start before each test. */
export function catalogWorld(): CatalogWorld {
  const world = {} as CatalogWorld;
  beforeAll(async () => {
    const gateway = await startTestGateway();
    Object.assign(world, { gateway, catalog: await keepCatalog(gateway), read: catalogReader(gateway) });
  });
  afterAll(() => world.gateway.stop());
  beforeEach(async () => {
    await world.gateway.reset();
    await world.catalog.restore();
  });
  return world;
}
