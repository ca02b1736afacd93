import { demoId } from '../../dev/demo-data/ids';
import { recordCatalogChange } from '../../src/catalog';
import type { Transaction } from '../../src/database';
import {
  Addon,
  BillingCycle,
  Category,
  ListedPrice,
  PriceList,
  Product,
  ProductAddon,
} from '../../src/entities';
import { nthId } from './fill';

const PRODUCTS = 40;
const ADDONS = 5;

/** Inserts a category with forty products, each with five add-ons and two prices, in addition to the demo catalog. */
export async function fillCatalog(tx: Transaction): Promise<void> {
  await recordCatalogChange(tx, 'The catalog of the bench.');
  const lists = await tx.many(PriceList, '');
  const categoryId = nthId('cat', 1);
  await tx.insert(Category, [
    { id: categoryId, slug: 'bench', name: 'Bench', description: 'For measuring.', position: 0 },
  ]);
  const addons = Array.from({ length: ADDONS }, (_, n) => ({
    id: nthId('add', n),
    sku: `BENCH-ADD-${n}`,
    name: `Bench storage +${n + 1} TB`,
    description: 'More storage for the same license.',
    incrementBytes: (n + 1) * 1e12,
    minQuantity: 1,
    published: true,
    providerAttributes: {},
  }));
  const products = Array.from({ length: PRODUCTS }, (_, n) => ({
    id: nthId('prod', n),
    sku: `BENCH-${n}`,
    slug: `bench-${n}`,
    name: `Bench storage ${n + 1} TB`,
    description: `A license of a storage with ${n + 1} TB.`,
    serviceId: demoId('svc', 'cloud-backup'),
    categoryId,
    capacityBytes: (n + 1) * 1e12,
    published: true,
    providerAttributes: {},
    // Sorts before the demo products, whatever the sort order of a server.
    position: n - PRODUCTS,
  }));
  await tx.insert(Addon, addons);
  await tx.insert(Product, products);
  const pairs = products.flatMap(({ id: productId }) =>
    addons.map(({ id: addonId }, position) => ({ productId, addonId, position })),
  );
  await tx.insert(ProductAddon, pairs);
  const cycles = [BillingCycle.MONTHLY, BillingCycle.ANNUALLY];
  const prices = [...products, ...addons].flatMap(({ id: itemId }, n) =>
    lists.flatMap(({ id: priceListId }) =>
      cycles.map(billingCycle => ({ priceListId, itemId, billingCycle, unitMinor: 1000 + n })),
    ),
  );
  await tx.insert(ListedPrice, prices);
}
