import DataLoader from 'dataloader';
import { type DataSource, type EntityTarget, In, type ObjectLiteral } from 'typeorm';
import {
  Account,
  Addon,
  Category,
  CloudSubscriptionAddon,
  ListedPrice,
  PriceList,
  Product,
  ProductAddon,
  ProvisioningOperation,
} from '../../src/entities';

/** Context of a request of the stock server. */
export type StockContext = ReturnType<typeof createStockLoaders>;

/** Creates a loader for each relation, on repositories. */
export function createStockLoaders(source: DataSource, viewer: string) {
  const one = <T extends ObjectLiteral & { id: string }>(entity: EntityTarget<T>) =>
    new DataLoader<string, T>(async ids => {
      const rows = await source.getRepository(entity).findBy({ id: In([...ids]) } as never);
      const found = new Map(rows.map(row => [row.id, row]));
      return ids.map(id => found.get(id) as T);
    });
  const many = <T extends ObjectLiteral>(entity: EntityTarget<T>, key: keyof T & string, order: object) =>
    new DataLoader<string, T[]>(async ids => {
      const repository = source.getRepository(entity);
      const rows = await repository.find({ where: { [key]: In([...ids]) }, order } as never);
      return ids.map(id => rows.filter(row => row[key] === id));
    });
  const addon = one(Addon);
  const fitting = many(ProductAddon, 'productId', { position: 'ASC' });
  return {
    source,
    viewer,
    account: one(Account),
    product: one(Product),
    category: one(Category),
    addon,
    addons: async (productId: string) =>
      addon.loadMany((await fitting.load(productId)).map(({ addonId }) => addonId)),
    prices: new DataLoader<string, ListedPrice[]>(async ids => {
      const { id: priceListId } = await source.getRepository(PriceList).findOneByOrFail({ isDefault: true });
      const where = { itemId: In([...ids]), priceListId };
      const rows = await source.getRepository(ListedPrice).find({ where, order: { billingCycle: 'DESC' } });
      return ids.map(id => rows.filter(row => row.itemId === id));
    }),
    granted: many(CloudSubscriptionAddon, 'subscriptionId', { addonId: 'ASC' }),
    operations: many(ProvisioningOperation, 'subscriptionId', { id: 'ASC' }),
  };
}
