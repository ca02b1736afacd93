import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { type Administrator, administrator } from '../support/administrator';
import { type Person, people } from '../support/back-office';
import { addon, keepCatalog, product, type TestCatalog } from '../support/catalog';
import { codes } from '../support/errors';
import { startOn, startTestGateway, type TestGateway } from '../support/gateway';
import { newKey } from '../support/shop';
import { statementsOf } from '../support/statements';
import { writingNothing } from '../support/tables';
import { until } from '../support/until';

const PUBLIC = demoId('pl', 'public');
const RESELLER = demoId('pl', 'reseller');
const STORAGE = product('IC-BASE-1TB');
const MORE = addon('IC-ADD-1TB');

let gateway: TestGateway;
let catalog: TestCatalog;
let admin: Administrator;
let who: Record<'buyer' | 'reseller' | 'manager', Person>;
beforeAll(async () => {
  gateway = await startTestGateway();
  catalog = await keepCatalog(gateway);
  admin = administrator(gateway);
  who = people(gateway);
});
afterAll(() => gateway.stop());
afterEach(async () => {
  await gateway.reset();
  await catalog.change(async () => undefined);
  await catalog.restore();
});

const monthly = (itemId: string, priceListId = PUBLIC) => ({ priceListId, itemId, billingCycle: 'MONTHLY' });
const set = (itemId: string, unitPrice: string | null, more: object = {}) =>
  admin.ask('setPrice', { ...monthly(itemId), unitPrice, ...more });
const storage = { productId: STORAGE, addons: [{ addonId: MORE, quantity: 2 }] };

const PAST = `query ($priceListId: ID!, $itemId: ID!, $billingCycle: BillingCycle!, $first: Int, $after: String, $last: Int, $before: String) {
  pastPrices(priceListId: $priceListId, itemId: $itemId, billingCycle: $billingCycle, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage startCursor endCursor }
    nodes { version unitPrice { amount currency } validFrom validUntil setBy { email } priceList { code } } } }`;
const past = async (itemId: string, page: object = {}) =>
  (await admin.reads(PAST, { ...monthly(itemId), ...page })).pastPrices;

test('a price has versions, each with its author and its period of validity', async () => {
  const { price } = await set(STORAGE, '8.50', { expectedVersion: 1 });
  const by = { email: 'admin@bss.example' };
  expect(price).toEqual({
    priceList: { code: 'public' },
    billingCycle: 'MONTHLY',
    version: 2,
    unitPrice: { amount: '8.50', currency: 'EUR' },
    setBy: by,
  });
  await set(STORAGE, '9');
  const { nodes, totalCount } = await past(STORAGE);
  expect(totalCount).toBe(2);
  expect(nodes.map(({ version, unitPrice, setBy }: any) => [version, unitPrice.amount, setBy])).toEqual([
    [2, '8.50', by],
    [1, '8.00', null],
  ]);
  expect(nodes[0].validFrom).toBe(nodes[1].validUntil);
  expect(nodes[1].validFrom).toBeNull();
  const first = await past(STORAGE, { first: 1 });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = await past(STORAGE, { first: 1, after: first.pageInfo.endCursor });
  expect(rest.nodes.map(({ version }: any) => version)).toEqual([1]);
  const back = await past(STORAGE, { last: 1, before: rest.pageInfo.startCursor });
  expect(back.nodes.map(({ version }: any) => version)).toEqual([2]);
  const cost = (size: number) => statementsOf(gateway, () => past(STORAGE, { first: size }));
  // The page, its count, who has set the prices, and whether their e-mail may be seen.
  expect([await cost(1), await cost(2)]).toEqual([4, 4]);
});

test('setting the same price changes nothing, and an outdated version is rejected', async () => {
  await set(STORAGE, '8.50');
  await writingNothing(gateway, async () => {
    expect((await set(STORAGE, '8.5')).price.version).toBe(2);
    const stale = await set(STORAGE, '7.00', { expectedVersion: 1 });
    expect(stale.errors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: 2 }]);
    const missing = await set(STORAGE, '7.00', { billingCycle: 'TWO_YEARS', expectedVersion: 1 });
    expect(missing.errors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: 0 }]);
  });
});

test('a product without a price for a cycle is not sold with it; versions continue when the price returns', async () => {
  expect(await set(STORAGE, null)).toEqual({ price: null, errors: [] });
  const { data } = await gateway.send(null, '{ product(sku: "IC-BASE-1TB") { prices { billingCycle } } }');
  expect(data.product.prices).toEqual([{ billingCycle: 'ANNUALLY' }]);
  expect(codes(await who.buyer.add({ ...storage, billingCycle: 'MONTHLY' }))).toContain(
    'PRODUCT_UNAVAILABLE',
  );
  expect((await set(STORAGE, '7.00', { expectedVersion: 0 })).price.version).toBe(2);
  expect((await past(STORAGE)).nodes).toMatchObject([{ version: 1, unitPrice: { amount: '8.00' } }]);
});

test.each([
  ['less than nothing', '-1.00'],
  ['a fraction that the currency does not have', '1.005'],
  ['more than a line can hold', '100000000000.01'],
  ['more than can be counted', '999999999999999999'],
])('a price of %s is rejected', async (_, unitPrice) => {
  const { errors } = await writingNothing(gateway, () => set(STORAGE, unitPrice));
  expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['unitPrice'] }]);
});

test('a price for a missing item or list is rejected with the path of the field', async () => {
  await writingNothing(gateway, async () => {
    expect((await set('prod_none', '1.00')).errors).toMatchObject([{ code: 'NOT_FOUND', path: ['itemId'] }]);
    const list = await set(STORAGE, '1.00', { priceListId: 'pl_none' });
    expect(list.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['priceListId'] }]);
    const code = await admin.ask('createPriceList', { code: 'public', currency: 'EUR' });
    expect(code.errors).toMatchObject([{ code: 'ALREADY_EXISTS', path: ['code'] }]);
    const currency = await admin.ask('createPriceList', { code: 'new', currency: 'XXQ' });
    expect(currency.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['currency'] }]);
  });
});

test('orders and subscriptions keep their prices in every state', async () => {
  const { order } = await who.buyer.order(storage);
  await gateway.settled();
  const waiting = await who.manager.placed(accountId('Contoso'), { productId: STORAGE });
  await set(STORAGE, '80.00');
  await set(MORE, '75.00');
  const prices = `total { amount } lines { unitPrice { amount } total { amount } addons { unitPrice { amount } }
    subscription { recurringTotal { amount } } }`;
  const see = async (id: string) =>
    (await who.manager.send(`query ($id: ID!) { order(id: $id) { ${prices} } }`, { id })).data.order;
  expect(await see(order.id)).toEqual({
    total: { amount: '23.00' },
    lines: [
      {
        unitPrice: { amount: '8.00' },
        total: { amount: '23.00' },
        addons: [{ unitPrice: { amount: '7.50' } }],
        subscription: { recurringTotal: { amount: '23.00' } },
      },
    ],
  });
  // Placed before, executed after: at the price that was agreed.
  expect(codes(await who.manager.execute({ orderId: waiting.id }))).toEqual([]);
  await gateway.settled();
  expect(await see(waiting.id)).toMatchObject({
    total: { amount: '8.00' },
    lines: [{ subscription: { recurringTotal: { amount: '8.00' } } }],
  });
  // What is bought now costs what it costs now.
  const later = await who.buyer.order({
    subscriptionId: order.lines[0].subscription.id,
    addons: [{ addonId: MORE }],
  });
  await gateway.settled();
  expect(later.order.total.amount).toBe('75.00');
  expect((await who.buyer.seeSubscription(order.lines[0].subscription.id)).recurringTotal.amount).toBe(
    '98.00',
  );
});

test('a price that changes between confirmation and checkout has to be confirmed again', async () => {
  await who.buyer.add(storage);
  const { basket } = await who.buyer.confirm();
  expect([basket.step, basket.total.amount]).toEqual(['COMPLETE', '23.00']);
  await set(MORE, '8.00');
  const now = await who.buyer.basket();
  // The basket goes on showing what was confirmed.
  expect([now.step, now.total.amount, codes({ errors: now.problems })]).toEqual([
    'BILLING',
    '23.00',
    ['PRICE_CHANGED'],
  ]);
  const input = { basketId: basket.id, idempotencyKey: newKey() };
  const refused = await writingNothing(gateway, () => who.buyer.checkout(input));
  expect(codes(refused)).toEqual(['PRICE_CHANGED']);
  await who.buyer.confirm();
  expect((await who.buyer.checkout(input)).order.total.amount).toBe('24.00');
});

test('a reseller that is assigned another price list gets its prices at once, in every process', async () => {
  const { priceList } = await admin.does('createPriceList', { code: 'gold', currency: 'EUR' });
  await admin.does('setPrice', { ...monthly(STORAGE, priceList.id), unitPrice: '5.00' });
  const accountOf = accountId('Skyline IT');
  const other = await startOn(gateway.settings);
  try {
    const amount = async (url: string) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await gateway.token('sales@skyline.example')}`,
        },
        body: '{"query":"{ product(sku: \\"IC-BASE-1TB\\") { prices { unitPrice { amount } } } }"}',
      });
      return ((await response.json()) as any).data.product.prices[0].unitPrice.amount;
    };
    for (let time = 0; time < 4; time += 1) {
      expect([await amount(gateway.url), await amount(other.url)]).toEqual(['6.40', '6.40']);
    }
    const { account } = await admin.does('assignPriceList', {
      accountId: accountOf,
      priceListId: priceList.id,
    });
    expect(account.priceList).toEqual({ code: 'gold', currency: 'EUR' });
    expect(await amount(gateway.url)).toBe('5.00');
    await until(async () => (await amount(other.url)) === '5.00');
    await admin.does('setPrice', { ...monthly(STORAGE, priceList.id), unitPrice: '4.00' });
    expect(await amount(gateway.url)).toBe('4.00');
    await until(async () => (await amount(other.url)) === '4.00');
  } finally {
    await admin.does('assignPriceList', { accountId: accountOf, priceListId: RESELLER });
    await other.stop();
  }
});

test('an account cannot be assigned a price list in another currency', async () => {
  const { priceList } = await admin.does('createPriceList', { code: 'yen', currency: 'JPY' });
  await admin.does('setPrice', { ...monthly(STORAGE, priceList.id), unitPrice: '1200' });
  const fraction = await admin.ask('setPrice', { ...monthly(STORAGE, priceList.id), unitPrice: '1200.5' });
  expect(codes(fraction)).toEqual(['INVALID_INPUT']);
  const input = { accountId: accountId('Northwind Traders'), priceListId: priceList.id };
  // Confirmed in one currency, and to be paid in another: confirmed again.
  await who.buyer.add({ productId: STORAGE });
  await who.buyer.confirm();
  await admin.does('assignPriceList', input);
  expect(codes({ errors: (await who.buyer.basket()).problems })).toEqual(['PRICE_CHANGED']);
  const { basket } = await who.buyer.confirm();
  const { order } = await who.buyer.checkout({ basketId: basket.id, idempotencyKey: newKey() });
  expect(order.total).toEqual({ amount: '1200', currency: 'JPY' });
  await gateway.settled();
  const back = await writingNothing(gateway, () =>
    admin.ask('assignPriceList', { accountId: input.accountId, priceListId: null }),
  );
  expect(back.errors).toMatchObject([{ code: 'INVALID_STATE', path: ['priceListId'] }]);
  await gateway.reset();
  await admin.does('assignPriceList', { accountId: input.accountId, priceListId: null });
});
