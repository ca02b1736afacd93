import { typeid } from 'typeid-js';
import { accountId } from '../../../dev/demo-data';
import { demoId } from '../../../dev/demo-data/ids';
import { Account, BillingCycle, CloudSubscription, ListedPrice, Product } from '../../../src/entities';
import { insertInto } from '../../../src/store';
import { keepCatalog } from '../../support/catalog';
import type { TestGateway } from '../../support/gateway';

const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name} ${String(index + 1).padStart(3, '0')}`);

/** Inserts end customers of Skyline IT. They come first in the order of names. */
export async function manyCustomers(gateway: TestGateway, count: number): Promise<void> {
  const { db } = gateway.app.deps;
  const [one] = await db.many(Account, 'WHERE t.id = ?', [accountId('Alpine Dental')]);
  await db.transaction(tx =>
    insertInto(
      tx,
      Account,
      numbered('Aardvark', count).map(name => ({
        ...one,
        id: demoId('acc', name),
        name,
        email: `${name.replace(' ', '-').toLowerCase()}@many.example`,
        externalReference: null,
      })),
    ),
  );
}

/** Inserts products of the category of Cloud Backup, with prices. */
export async function manyProducts(gateway: TestGateway, count: number): Promise<void> {
  const [one] = await gateway.app.deps.db.many(Product, 'WHERE t.sku = ?', ['CB-SERVER']);
  const catalog = await keepCatalog(gateway);
  const products = numbered('Backup', count).map((name, index) => ({
    ...one,
    id: demoId('prod', name),
    name,
    sku: name.replace(' ', '-').toUpperCase(),
    slug: name.replace(' ', '-').toLowerCase(),
    position: 100 + index,
  }));
  await catalog.change(async tx => {
    await tx.insert(Product, products);
    await tx.insert(
      ListedPrice,
      products.flatMap(({ id }) =>
        ['public', 'reseller'].map(list => ({
          priceListId: demoId('pl', list),
          itemId: id,
          billingCycle: BillingCycle.MONTHLY,
          unitMinor: 1000,
        })),
      ),
    );
  });
}

/**
 * Inserts live subscriptions of an account, copies of one that it has, with names in the order of their numbers. The later
 * ones are the newer.
 */
export async function manySubscriptions(
  gateway: TestGateway,
  of: string,
  from: number,
  to: number,
  nameOf = (number: string) => `Volume ${number}`,
): Promise<void> {
  const { db } = gateway.app.deps;
  const [one] = await db.many(CloudSubscription, 'WHERE t.id = ?', [of]);
  const rows = Array.from({ length: to - from + 1 }, (_, index) => {
    const number = String(from + index).padStart(4, '0');
    const createdAt = new Date(Date.UTC(2026, 0, 1) + (from + index) * 1000);
    return {
      ...one,
      id: typeid('sub').toString(),
      friendlyName: nameOf(number),
      externalId: `volume-${number}`,
      exclusive: false,
      createdAt,
    };
  });
  await db.transaction(tx => insertInto(tx, CloudSubscription, rows));
}
