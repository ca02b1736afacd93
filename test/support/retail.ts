import { DEMO_PASSWORD_HASH } from '../../dev/demo-data/people';
import { Role } from '../../src/entities';
import { createUser } from '../../src/services/identity/create-user';
import { person } from './back-office';
import { RESELLER } from './demo';
import type { TestGateway } from './gateway';

/** Makes a user of an account with a reseller. */
export async function newEndCustomer(gateway: TestGateway, accountId: string, email: string) {
  await gateway.app.deps.db.transaction(tx =>
    createUser(tx, {
      name: 'Anna Alp',
      email,
      roles: [Role.CUSTOMER],
      accountId,
      passwordHash: DEMO_PASSWORD_HASH,
    }),
  );
  return person(gateway, email);
}

/** Fields of the prices of an item. */
const PRICES = 'billingCycle unitPrice { amount currency }';

/** Sends `setRetailPrice`. */
export const askRetail = (gateway: TestGateway, input: object, email = RESELLER) =>
  person(gateway, email).call(
    'setRetailPrice',
    'SetRetailPriceInput',
    { billingCycle: 'MONTHLY', ...input },
    `product { sku retailPrices { ${PRICES} } } addon { sku retailPrices { ${PRICES} } }`,
  );

/** Sets a retail price, and fails if it is refused. */
export async function setRetail(gateway: TestGateway, input: object, email = RESELLER) {
  const { errors, ...items } = await askRetail(gateway, input, email);
  expect(errors).toEqual([]);
  return items;
}

/** Prices of an item of the catalog as somebody sees them, in the form `MONTHLY 9.90 EUR`. */
export async function pricesSeenBy(
  gateway: TestGateway,
  email: string | null,
  sku = 'IC-BASE-1TB',
): Promise<{ prices: string[]; retailPrices: string[]; addons: Record<string, string[]> }> {
  const both = `prices { ${PRICES} } retailPrices { ${PRICES} }`;
  const query = `query ($sku: String) { product(sku: $sku) { ${both} addons { sku ${both} } } }`;
  const { data } = await gateway.send(email && (await gateway.token(email)), query, { sku });
  const { prices, retailPrices, addons } = data.product;
  return {
    prices: prices.map(written),
    retailPrices: retailPrices.map(written),
    addons: Object.fromEntries(addons.map((addon: any) => [addon.sku, addon.prices.map(written)])),
  };
}

const written = ({ billingCycle, unitPrice: { amount, currency } }: any) =>
  `${billingCycle} ${amount} ${currency}`;
