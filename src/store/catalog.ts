import { columns, type Row, type Session, type Transaction } from '../database';
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

/** There is one row. */
const ID = 1;

/** Version of the catalog. */
export const findCatalogVersion = async ({ manager }: Session): Promise<number | undefined> =>
  (await manager.findOneBy(CatalogVersion, { id: ID }))?.version;

/** Locks the catalog: its holder alone changes it. */
export const lockCatalogVersion = ({ manager }: Transaction) =>
  manager.findOne(CatalogVersion, { where: { id: ID }, lock: { mode: 'pessimistic_write' } });

/** Begins the next version of the catalog. */
export const incrementCatalogVersion = ({ manager }: Transaction) =>
  manager.update(CatalogVersion, { id: ID }, { version: () => `${v.version} + 1` });

/** Every row of the catalog, in the order in which it is shown. */
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

export const findCurrency = ({ manager }: Session, code: string) => manager.findOneBy(Currency, { code });

export const insertCurrency = ({ manager }: Transaction, currency: Row<Currency>) =>
  manager.insert(Currency, currency);
