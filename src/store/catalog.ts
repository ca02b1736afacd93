import { columns, type Session, type Transaction } from '../database';
import {
  Addon,
  CatalogVersion,
  Category,
  Currency,
  ListedPrice,
  PriceList,
  Product,
  ProductAddon,
  Service,
} from '../entities';

const v = columns(CatalogVersion);

/** Id of the only row. */
const ID = 1;

/** Finds the version of the catalog. */
export const findCatalogVersion = async ({ manager }: Session): Promise<number | undefined> =>
  (await manager.findOneBy(CatalogVersion, { id: ID }))?.version;

/** Locks the catalog. Only the holder of the lock changes it. */
export const lockCatalogVersion = ({ manager }: Transaction) =>
  manager.findOne(CatalogVersion, { where: { id: ID }, lock: { mode: 'pessimistic_write' } });

/** Increments the version of the catalog. */
export const incrementCatalogVersion = ({ manager }: Transaction) =>
  manager.update(CatalogVersion, { id: ID }, { version: () => `${v.version} + 1` });

/** Finds all rows of the catalog, in display order. */
export async function findCatalogRows({ manager }: Session) {
  return {
    services: await manager.find(Service, { order: { name: 'ASC' } }),
    categories: await manager.find(Category, { order: { position: 'ASC', id: 'ASC' } }),
    products: await manager.find(Product, { order: { position: 'ASC', id: 'ASC' } }),
    addons: await manager.find(Addon, { order: { id: 'ASC' } }),
    productAddons: await manager.find(ProductAddon, { order: { position: 'ASC', addonId: 'ASC' } }),
    currencies: await manager.find(Currency),
    priceLists: await manager.find(PriceList, { order: { id: 'ASC' } }),
    prices: await manager.find(ListedPrice),
  };
}

/** Finds a currency by its code. */
export const findCurrency = ({ manager }: Session, code: string) => manager.findOneBy(Currency, { code });
