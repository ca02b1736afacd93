import { accountId } from '../../dev/demo-data';
import { administrator } from '../support/administrator';
import { newKey } from '../support/api-keys';
import { type BackOffice, type Person, startBackOffice } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE, RESELLER, SKYLINE } from '../support/demo';
import { codes } from '../support/errors';
import { startOn, type TestGateway } from '../support/gateway';
import { askRetail, newEndCustomer, pricesSeenBy, setRetail } from '../support/retail';
import { statementsOf } from '../support/statements';
import { numbered } from '../support/streams';
import { writingNothing } from '../support/tables';

const CUSTOMER = 'it@alpine.example';
const DUNE = 'it@dune.example';
const HARBOR = 'sales@harbor.example';
const BASE = { productId: product('IC-BASE-1TB') };
const MORE = { addonId: addon('IC-ADD-1TB') };

let office: BackOffice;
let gateway: TestGateway;
let customer: Person;
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway } = office);
  customer = await newEndCustomer(gateway, ALPINE, CUSTOMER);
  await newEndCustomer(gateway, accountId('Dune Media'), DUNE);
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

test('a reseller sets a price for its customers: they see it, and other callers see what they saw before', async () => {
  const before = await Promise.all([null, RESELLER, HARBOR, DUNE].map(email => pricesSeenBy(gateway, email)));
  const { product: changed, addon: other } = await setRetail(gateway, { ...BASE, unitPrice: '9.90' });
  expect(changed).toEqual({
    sku: 'IC-BASE-1TB',
    retailPrices: [{ billingCycle: 'MONTHLY', unitPrice: { amount: '9.90', currency: 'EUR' } }],
  });
  expect(other).toBeNull();
  await setRetail(gateway, { ...MORE, unitPrice: '8' });
  expect(await pricesSeenBy(gateway, CUSTOMER)).toEqual({
    prices: ['MONTHLY 9.90 EUR'],
    retailPrices: ['MONTHLY 9.90 EUR'],
    addons: { 'IC-ADD-1TB': ['MONTHLY 8.00 EUR'], 'IC-ADD-5TB': [] },
  });
  const after = await Promise.all([null, RESELLER, HARBOR, DUNE].map(email => pricesSeenBy(gateway, email)));
  const [anonymous, reseller, ...others] = before;
  expect(after).toEqual([anonymous, { ...reseller, retailPrices: ['MONTHLY 9.90 EUR'] }, ...others]);
});

test('without a retail price, an end customer sees no price, and staff and direct customers no retail price', async () => {
  await setRetail(gateway, { ...BASE, unitPrice: '9.90' });
  const none = { prices: [], retailPrices: [] };
  expect(await pricesSeenBy(gateway, CUSTOMER, 'CB-SERVER')).toMatchObject(none);
  expect(await pricesSeenBy(gateway, DUNE)).toMatchObject(none);
  for (const email of ['buyer@northwind.example', 'manager@bss.example', 'admin@bss.example', null]) {
    const { prices, retailPrices } = await pricesSeenBy(gateway, email);
    expect({ cycles: prices.length, retailPrices }).toEqual({ cycles: 2, retailPrices: [] });
  }
});

test('resellers have prices of their own, for their own customers', async () => {
  await setRetail(gateway, { ...BASE, unitPrice: '9.90' });
  await setRetail(gateway, { ...BASE, unitPrice: '11.10' }, HARBOR);
  expect((await pricesSeenBy(gateway, CUSTOMER)).prices).toEqual(['MONTHLY 9.90 EUR']);
  expect((await pricesSeenBy(gateway, DUNE)).prices).toEqual(['MONTHLY 11.10 EUR']);
});

test('an answer to an end customer is never kept: not for another reseller, and not beyond a change', async () => {
  const seen = [];
  for (const [email, unitPrice] of [
    [RESELLER, '9.90'],
    [HARBOR, '11.10'],
    [RESELLER, '12.00'],
    [RESELLER, null],
  ] as const) {
    await setRetail(gateway, { ...BASE, unitPrice }, email);
    for (let time = 0; time < 4; time += 1) await pricesSeenBy(gateway, CUSTOMER);
    seen.push([(await pricesSeenBy(gateway, CUSTOMER)).prices, (await pricesSeenBy(gateway, DUNE)).prices]);
  }
  expect(seen).toEqual([
    [['MONTHLY 9.90 EUR'], []],
    [['MONTHLY 9.90 EUR'], ['MONTHLY 11.10 EUR']],
    [['MONTHLY 12.00 EUR'], ['MONTHLY 11.10 EUR']],
    [[], ['MONTHLY 11.10 EUR']],
  ]);
});

test('plain queries that are kept for others are not kept for end customers', async () => {
  const query = '{ product(sku: "IC-BASE-1TB") { prices { unitPrice { amount } } } }';
  const ask = async (email: string) =>
    (await gateway.send(await gateway.token(email), query)).data.product.prices;
  for (let time = 0; time < 4; time += 1) expect(await ask('buyer@northwind.example')).toHaveLength(2);
  await setRetail(gateway, { ...BASE, unitPrice: '9.90' });
  for (let time = 0; time < 4; time += 1)
    expect(await ask(CUSTOMER)).toEqual([{ unitPrice: { amount: '9.90' } }]);
  expect(await ask(DUNE)).toEqual([]);
});

test('null removes a price, also one that is not there; a price that is left out stays', async () => {
  await setRetail(gateway, { ...BASE, unitPrice: '9.90' });
  await setRetail(gateway, { ...BASE, unitPrice: '79', billingCycle: 'ANNUALLY' });
  await writingNothing(gateway, () => setRetail(gateway, BASE));
  await writingNothing(gateway, () => setRetail(gateway, { ...BASE, unitPrice: '9.9' }));
  await setRetail(gateway, { ...BASE, unitPrice: null });
  expect((await pricesSeenBy(gateway, CUSTOMER)).prices).toEqual(['ANNUALLY 79.00 EUR']);
  await writingNothing(gateway, () => setRetail(gateway, { ...BASE, unitPrice: null }));
});

test('every change increments the version, and is in the audit trail without an amount', async () => {
  await setRetail(gateway, { ...BASE, unitPrice: '9.90' });
  await setRetail(gateway, { ...BASE, unitPrice: '7919.37' });
  const rows = await gateway.rows('SELECT version, unitMinor, currency, setById FROM retail_prices');
  expect(rows).toEqual([{ version: 2, unitMinor: 791937, currency: 'EUR', setById: expect.any(String) }]);
  await setRetail(gateway, { ...BASE, unitPrice: null });
  await numbered(gateway);
  const events = await gateway.rows(
    `SELECT accountId, resellerId, userId, message FROM events WHERE type = 'retail.changed' ORDER BY id DESC LIMIT 2`,
  );
  const about = { accountId: SKYLINE, resellerId: null, userId: rows[0]?.setById };
  expect(events).toEqual([
    { ...about, message: 'The retail price of Impossible Cloud 1 TB, MONTHLY, was removed.' },
    { ...about, message: 'The retail price of Impossible Cloud 1 TB, MONTHLY, was set.' },
  ]);
});

test('a price applies in the currency of its time only: another price list of the reseller hides it', async () => {
  const admin = administrator(gateway);
  await setRetail(gateway, { ...BASE, unitPrice: '9.90' });
  const [{ id: before }] = (await gateway.rows(
    `SELECT priceListId AS id FROM accounts WHERE id = '${SKYLINE}'`,
  )) as [{ id: string }];
  const { priceList } = await admin.does('createPriceList', { code: 'yen', currency: 'JPY' });
  await admin.does('assignPriceList', { accountId: SKYLINE, priceListId: priceList.id });
  try {
    expect(await pricesSeenBy(gateway, CUSTOMER)).toMatchObject({ prices: [], retailPrices: [] });
    expect((await pricesSeenBy(gateway, RESELLER)).retailPrices).toEqual([]);
    const fraction = await writingNothing(gateway, () => askRetail(gateway, { ...BASE, unitPrice: '9.90' }));
    expect(fraction.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['unitPrice'] }]);
    await setRetail(gateway, { ...BASE, unitPrice: '1200' });
    expect((await pricesSeenBy(gateway, CUSTOMER)).prices).toEqual(['MONTHLY 1200 JPY']);
  } finally {
    await admin.does('assignPriceList', { accountId: SKYLINE, priceListId: before });
  }
  expect((await pricesSeenBy(gateway, CUSTOMER)).prices).toEqual([]);
});

describe('a refusal writes nothing', () => {
  const refused = (input: object, email?: string) =>
    writingNothing(gateway, () => askRetail(gateway, input, email));

  test.each<[what: string, input: object, path: string, code: string]>([
    ['neither item', { unitPrice: '1' }, 'productId', 'INVALID_INPUT'],
    ['both items', { ...BASE, ...MORE, unitPrice: '1' }, 'addonId', 'INVALID_INPUT'],
    ['an unknown product', { productId: 'prod_1', unitPrice: '1' }, 'productId', 'NOT_FOUND'],
    ['an unknown add-on', { addonId: 'add_1', unitPrice: '1' }, 'addonId', 'NOT_FOUND'],
    ['an add-on as a product', { productId: MORE.addonId, unitPrice: null }, 'productId', 'NOT_FOUND'],
    ['a negative price', { ...BASE, unitPrice: '-0.01' }, 'unitPrice', 'INVALID_INPUT'],
    ['a fraction of a cent', { ...BASE, unitPrice: '9.901' }, 'unitPrice', 'INVALID_INPUT'],
    ['a price that cannot be counted', { ...BASE, unitPrice: '100000000001' }, 'unitPrice', 'INVALID_INPUT'],
  ])('of %s', async (_, input, path, code) => {
    expect((await refused(input)).errors).toMatchObject([{ code, path: [path] }]);
  });

  test.each(['buyer@northwind.example', CUSTOMER, 'manager@bss.example', 'admin@bss.example'])(
    'of %s, who is no reseller',
    async email => expect(codes(await refused({ ...BASE, unitPrice: '1' }, email))).toEqual(['FORBIDDEN']),
  );

  test('of a draft, and of a retired product', async () => {
    const admin = administrator(gateway);
    await admin.does('retireProduct', { productId: product('CB-SERVER') });
    const input = { productId: product('CB-SERVER'), unitPrice: '1' };
    expect((await refused(input)).errors).toMatchObject([{ code: 'NOT_FOUND', path: ['productId'] }]);
    await admin.does('publishProduct', { productId: product('CB-SERVER') });
  });
});

test('an API key needs the scope CUSTOMERS', async () => {
  const { at: ordering } = await newKey(gateway, RESELLER, ['ORDER']);
  const { at: customers } = await newKey(gateway, RESELLER, ['CUSTOMERS']);
  const input = { ...BASE, unitPrice: '9.90' };
  const { errors } = await writingNothing(gateway, () => askRetail(ordering, input));
  expect(errors).toMatchObject([{ code: 'FORBIDDEN', message: 'The API key needs the scope CUSTOMERS.' }]);
  await setRetail(customers, input);
  expect((await pricesSeenBy(gateway, CUSTOMER)).prices).toEqual(['MONTHLY 9.90 EUR']);
});

test('the fallback `list` shows public prices where there is no retail price, in the currency of the reseller', async () => {
  const app = await startOn({ ...gateway.settings, retailFallback: 'list' });
  const other = { ...gateway, send: viaUrl(app.url) } as TestGateway;
  try {
    await setRetail(gateway, { ...BASE, unitPrice: '9.90', billingCycle: 'ANNUALLY' });
    const both = ['MONTHLY 8.00 EUR', 'ANNUALLY 9.90 EUR'];
    expect(await pricesSeenBy(other, CUSTOMER)).toMatchObject({ prices: both, retailPrices: both });
    expect((await pricesSeenBy(other, DUNE)).prices).toEqual(['MONTHLY 8.00 EUR', 'ANNUALLY 80.00 EUR']);
    expect((await pricesSeenBy(other, RESELLER)).retailPrices).toEqual(['ANNUALLY 9.90 EUR']);
    const admin = administrator(gateway);
    const [{ id: before }] = (await gateway.rows(
      `SELECT priceListId AS id FROM accounts WHERE id = '${SKYLINE}'`,
    )) as [{ id: string }];
    const { priceList } = await admin.does('createPriceList', { code: 'franc', currency: 'CHF' });
    await admin.does('assignPriceList', { accountId: SKYLINE, priceListId: priceList.id });
    await app.deps.catalog.load();
    expect((await pricesSeenBy(other, CUSTOMER)).prices).toEqual([]);
    await admin.does('assignPriceList', { accountId: SKYLINE, priceListId: before });
  } finally {
    await app.stop();
  }
});

/** Sends to another gateway on the same database. */
const viaUrl =
  (url: string): TestGateway['send'] =>
  async (token, query, variables) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as never;
  };

test('the prices of a page cost an end customer one statement, whatever its size', async () => {
  const page = (first: number, prices: string) =>
    statementsOf(gateway, () =>
      customer.send(`{ products(first: ${first}) { nodes { sku ${prices} addons { sku ${prices} } } } }`),
    );
  const both = 'prices { billingCycle } retailPrices { billingCycle }';
  expect(await page(1, both)).toBe(1 + (await page(1, '')));
  expect(await page(5, both)).toBe(1 + (await page(5, '')));
});
