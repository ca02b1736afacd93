import { type BackOffice, type Person, startBackOffice } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE } from '../support/demo';
import { codesWithPaths } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { newEndCustomer, setRetail } from '../support/retail';

const BASE = { productId: product('IC-BASE-1TB') };
const SERVER = { productId: product('CB-SERVER') };
const MORE = { addonId: addon('IC-ADD-1TB') };
const ARCHIVE = { addonId: addon('CB-ARCHIVE-100GB') };
const AMOUNT = '{ amount }';
const SEEN = `orders { nodes { total ${AMOUNT} recurring { billingCycle amount ${AMOUNT} }
    lines { unitPrice ${AMOUNT} total ${AMOUNT} addons { unitPrice ${AMOUNT} total ${AMOUNT} } } } }
  subscriptions { nodes { recurringTotal ${AMOUNT} } }`;

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
let customer: Person;
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
  customer = await newEndCustomer(gateway, ALPINE, 'it@alpine.example');
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

const priced = async (...prices: [item: object, unitPrice: string | null][]) => {
  for (const [item, unitPrice] of prices) await setRetail(gateway, { ...item, unitPrice });
};

/** Amounts of the newest order and subscription of the end customer as somebody sees them. */
async function seenBy({ send }: Person) {
  const { data, errors } = await send(`{ ${SEEN} }`);
  expect(errors).toBeUndefined();
  const [order] = data.orders.nodes;
  const [subscription] = data.subscriptions.nodes;
  return { ...amounts(order), recurringTotal: amounts(subscription?.recurringTotal ?? null) };
}

/** Replaces every amount by its text. */
function amounts(value: any): any {
  if (Array.isArray(value)) return value.map(amounts);
  if (typeof value !== 'object' || value === null) return value;
  if ('amount' in value && typeof value.amount === 'string') return value.amount;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, amounts(part)]));
}

const AT_RETAIL = {
  total: '25.90',
  recurring: [{ billingCycle: 'MONTHLY', amount: '25.90' }],
  lines: [{ unitPrice: '9.90', total: '25.90', addons: [{ unitPrice: '8.00', total: '16.00' }] }],
  recurringTotal: '25.90',
};
const AT_COST = {
  total: '18.40',
  recurring: [{ billingCycle: 'MONTHLY', amount: '18.40' }],
  lines: [{ unitPrice: '6.40', total: '18.40', addons: [{ unitPrice: '6.00', total: '12.00' }] }],
  recurringTotal: '18.40',
};
const NOTHING = {
  total: null,
  recurring: null,
  lines: [{ unitPrice: null, total: null, addons: [{ unitPrice: null, total: null }] }],
  recurringTotal: null,
};

const LINE = { ...BASE, addons: [{ ...MORE, quantity: 2 }] };

test('a checkout shows the end customer its retail prices, and the reseller what it pays', async () => {
  await priced([BASE, '9.90'], [MORE, '8.00']);
  await who.reseller.order(LINE, ALPINE);
  await gateway.settled();
  expect(await seenBy(customer)).toEqual(AT_RETAIL);
  for (const person of [who.reseller, who.manager, who.admin]) expect(await seenBy(person)).toEqual(AT_COST);
  await priced([BASE, '19.90'], [MORE, null]);
  expect(await seenBy(customer)).toEqual(AT_RETAIL);
});

test('an order of an account manager has the prices of its placement, however late it is executed', async () => {
  await priced([BASE, '9.90'], [MORE, '8.00']);
  const { id } = await who.manager.placed(ALPINE, LINE);
  await priced([BASE, '19.90'], [MORE, '18.00']);
  expect(await seenBy(customer)).toEqual({ ...AT_RETAIL, recurringTotal: null });
  expect((await who.manager.execute({ orderId: id })).errors).toEqual([]);
  await gateway.settled();
  expect(await seenBy(customer)).toEqual(AT_RETAIL);
});

test('a total with a part that has no retail price is null', async () => {
  await priced([BASE, '9.90']);
  await who.reseller.order(LINE, ALPINE);
  await gateway.settled();
  expect(await seenBy(customer)).toEqual({
    ...NOTHING,
    lines: [{ ...NOTHING.lines[0], unitPrice: '9.90' }],
  });
});

test('orders and subscriptions from before there were retail prices show none', async () => {
  await priced([BASE, '9.90'], [MORE, '8.00']);
  await who.reseller.order(LINE, ALPINE);
  await gateway.settled();
  await gateway.rows('UPDATE orders SET retailTotalMinor = NULL');
  await gateway.rows(
    `UPDATE order_lines SET retailUnitMinor = NULL, retailTotalMinor = NULL, addons = JSON_REMOVE(addons, '$[0].retailMinor')`,
  );
  await gateway.rows('UPDATE subscriptions SET retailMinor = NULL');
  await gateway.rows('UPDATE subscription_lots SET retailMinor = NULL');
  expect(await seenBy(customer)).toEqual(NOTHING);
  expect(await seenBy(who.reseller)).toEqual(AT_COST);
});

test('a line that would come to more than can be counted at retail is ordered, and shows no retail price', async () => {
  await priced([SERVER, '99999999999.99']);
  const { errors } = await who.reseller.order({ ...SERVER, quantity: 2000 }, ALPINE);
  expect(errors).toEqual([]);
  await gateway.settled();
  expect(await seenBy(customer)).toMatchObject({
    total: null,
    lines: [{ unitPrice: null }],
    recurringTotal: null,
  });
});

test('add-ons for a live subscription are due for the rest of the period, and recur at their retail price', async () => {
  await priced([BASE, '9.90'], [MORE, '8.00']);
  const subscriptionId = await who.manager.liveSubscription(ALPINE);
  // More than half of its month is over.
  const activatedAt = new Date(Date.now() - 400 * 3600 * 1000);
  await gateway.rows('UPDATE subscriptions SET activatedAt = ? WHERE id = ?', [activatedAt, subscriptionId]);
  await who.reseller.order({ subscriptionId, addons: [{ ...MORE, quantity: 2 }] }, ALPINE);
  await gateway.settled();
  const [cost, retail] = [await seenBy(who.reseller), await seenBy(customer)];
  expect(retail).toMatchObject({
    recurring: [{ billingCycle: 'MONTHLY', amount: '16.00' }],
    lines: [{ unitPrice: null, addons: [{ unitPrice: '8.00', total: '16.00' }] }],
    recurringTotal: '25.90',
  });
  expect(Number(retail.total) / Number(cost.total)).toBeCloseTo(16 / 12, 2);
  expect(Number(retail.total)).toBeLessThan(16);
});

describe('a change of a subscription', () => {
  const contents = (value: any) => [amounts(value.from.recurringTotal), amounts(value.to.recurringTotal)];

  test('is previewed, requested and carried out at retail prices for the end customer', async () => {
    await priced([SERVER, '30.00'], [ARCHIVE, '2.50']);
    await who.reseller.order({ ...SERVER, quantity: 2 }, ALPINE);
    await gateway.settled();
    const { data } = await customer.send('{ subscriptions { nodes { id } } }');
    const subscriptionId = data.subscriptions.nodes[0].id;
    const wanted = { subscriptionId, addons: [{ ...ARCHIVE, quantity: 3 }] };
    const { preview } = await customer.preview(wanted);
    expect(contents(preview)).toEqual(['60.00', '67.50']);
    const { subscriptionChange, errors } = await customer.change(wanted);
    expect(errors).toEqual([]);
    await priced([ARCHIVE, '9.99']);
    await decide(subscriptionChange.id);
    expect(contents(await customer.seeChange(subscriptionChange.id))).toEqual(['60.00', '67.50']);
    expect((await customer.seeSubscription(subscriptionId)).recurringTotal).toEqual({ amount: '67.50' });
    expect(contents(await who.reseller.seeChange(subscriptionChange.id))).toEqual(['30.40', '34.72']);
  });

  test('shows no amount that has a part without a retail price, and the rest again once the part is gone', async () => {
    await priced([SERVER, '30.00'], [ARCHIVE, null]);
    await who.reseller.order({ ...SERVER, addons: [{ ...ARCHIVE, quantity: 3 }] }, ALPINE);
    await gateway.settled();
    const { data } = await customer.send('{ subscriptions { nodes { id recurringTotal { amount } } } }');
    const [{ id: subscriptionId, recurringTotal }] = data.subscriptions.nodes;
    expect(recurringTotal).toBeNull();
    const { subscriptionChange } = await customer.change({
      subscriptionId,
      addons: [{ ...ARCHIVE, quantity: 0 }],
    });
    await decide(subscriptionChange.id);
    expect(contents(await customer.seeChange(subscriptionChange.id))).toEqual([null, '30.00']);
    expect((await customer.seeSubscription(subscriptionId)).recurringTotal).toEqual({ amount: '30.00' });
  });

  test('is refused for a number of units alone, and not for what they cost', async () => {
    await who.reseller.order(SERVER, ALPINE);
    await gateway.settled();
    const { data } = await customer.send('{ subscriptions { nodes { id } } }');
    const subscriptionId = data.subscriptions.nodes[0].id;
    const preview = async (quantity: number) =>
      codesWithPaths(await customer.preview({ subscriptionId, addons: [{ ...ARCHIVE, quantity }] }));
    // 100 GB each are no more than 9 petabytes up to 90 071 units.
    expect(await preview(90_000)).toEqual([]);
    expect(await preview(1_000_001)).toEqual(['INVALID_INPUT addons']);
  });

  /** Accepts a change that awaits a decision, and waits until it is carried out. */
  async function decide(changeId: string): Promise<void> {
    const { state } = await who.reseller.seeChange(changeId);
    if (state === 'PENDING') {
      const { errors } = await who.reseller.decideChange({ changeId, decision: 'ACCEPT' });
      expect(errors).toEqual([]);
    }
    await gateway.settled();
    expect((await who.reseller.seeChange(changeId)).state).toBe('COMPLETED');
  }
});

describe('the basket of an end customer, which it cannot check out', () => {
  test('has the retail prices of its reseller, and takes nothing without one', async () => {
    await priced([BASE, '9.90'], [MORE, '8.00']);
    const { basket, errors } = await customer.add(LINE);
    expect(errors).toEqual([]);
    expect(basket).toMatchObject({
      total: { amount: '25.90', currency: 'EUR' },
      lines: [{ unitPrice: { amount: '9.90' }, addons: [{ unitPrice: { amount: '8.00' } }] }],
    });
    expect(codesWithPaths(await customer.add(SERVER))).toEqual(['PRODUCT_UNAVAILABLE productId']);
    await customer.empty();
  });

  test('shows the price of now, also where another was confirmed before there were retail prices', async () => {
    await priced([BASE, '9.90']);
    await customer.add(BASE);
    await customer.confirm();
    await gateway.rows('UPDATE basket_lines SET unitMinor = 640');
    const basket = await customer.basket();
    expect(basket).toMatchObject({ total: { amount: '9.90' }, lines: [{ unitPrice: { amount: '9.90' } }] });
    expect(basket.problems.map(({ code }: any) => code)).toContain('PRICE_CHANGED');
    await priced([BASE, null]);
    expect(await customer.basket()).toMatchObject({ total: { amount: '0.00' } });
    await customer.empty();
  });
});
