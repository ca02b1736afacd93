import { userId } from '../../dev/demo-data';
import { DEMO_PASSWORD_HASH } from '../../dev/demo-data/people';
import { Role } from '../../src/entities';
import { createUser } from '../../src/services/identity/create-user';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE, NORTHWIND } from '../support/demo';
import type { TestGateway } from '../support/gateway';
import { newKey } from '../support/shop';

const END_CUSTOMER = 'it@alpine.example';
const AMOUNTS = `recurring { billingCycle amount { amount currency } } total { amount }`;

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
  await gateway.app.deps.db.transaction(tx =>
    createUser(tx, {
      name: 'Anna Alp',
      email: END_CUSTOMER,
      roles: [Role.CUSTOMER],
      accountId: ALPINE,
      passwordHash: DEMO_PASSWORD_HASH,
    }),
  );
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

const basketOf = async () =>
  (await who.buyer.send(`{ basket { ${AMOUNTS} lines { total { amount } } } }`)).data.basket;

test('a basket shows what is due now, and what recurs in each billing cycle', async () => {
  await who.buyer.add({ productId: product('IC-BASE-1TB'), billingCycle: 'ANNUALLY' });
  await who.buyer.add({ productId: product('CB-SERVER'), billingCycle: 'MONTHLY', quantity: 2 });
  const { lines, total, recurring } = await basketOf();
  const [annual, monthly] = lines.map((line: any) => line.total.amount);
  expect(recurring).toEqual([
    { billingCycle: 'MONTHLY', amount: { amount: monthly, currency: 'EUR' } },
    { billingCycle: 'ANNUALLY', amount: { amount: annual, currency: 'EUR' } },
  ]);
  expect(total.amount).toBe((Number(annual) + Number(monthly)).toFixed(2));
});

test('an empty basket costs nothing', async () => {
  expect(await basketOf()).toEqual({ lines: [], recurring: [], total: { amount: '0.00' } });
});

describe('add-ons for a subscription in the middle of its period', () => {
  const HOUR_MS = 3600 * 1000;
  const MINOR = 1500;

  /** Part of `MINOR` that is due for the rest of a month, which began some hours ago. */
  function monthSince(hours: number) {
    const start = new Date(Date.now() - hours * HOUR_MS);
    const end = new Date(start);
    // Not into the month after the next one.
    end.setUTCMonth(end.getUTCMonth() + 1);
    if (end.getUTCDate() !== start.getUTCDate()) end.setUTCDate(0);
    const dueAt = (at: number) => (MINOR * (end.getTime() - at)) / (end.getTime() - start.getTime());
    return { start, end, dueAt };
  }

  /** A month whose rest is whole cents, so that the moments of the test do not change the rounded amount. */
  const month = () => {
    const all = Array.from({ length: 100 }, (_, index) => monthSince(400 + index));
    const whole = all.find(({ dueAt }) => Math.abs(dueAt(Date.now()) - Math.round(dueAt(Date.now()))) < 0.01);
    if (!whole) throw new Error('No month has a rest of whole cents.');
    return whole;
  };

  const startPeriod = async (subscriptionId: string): Promise<string> => {
    const { start, end, dueAt } = month();
    await gateway.rows('UPDATE subscriptions SET activatedAt = ?, currentPeriodEnd = ? WHERE id = ?', [
      start,
      end,
      subscriptionId,
    ]);
    return amount(dueAt(Date.now()));
  };
  const amount = (minor: number) => (Math.round(minor) / 100).toFixed(2);

  test('are due for the rest of it, and recur in full', async () => {
    const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
    const due = await startPeriod(subscriptionId);
    await who.buyer.add({ subscriptionId, addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 2 }] });
    const prices = { recurring: [{ billingCycle: 'MONTHLY', amount: { amount: '15.00', currency: 'EUR' } }] };
    expect(await basketOf()).toMatchObject({ ...prices, total: { amount: due } });
    const { basket } = await who.buyer.confirm();
    const { order, errors } = await who.buyer.checkout({ basketId: basket.id, idempotencyKey: newKey() });
    expect(errors).toEqual([]);
    const query = `query ($id: ID) { order(id: $id) { ${AMOUNTS} lines { total { amount } unitPrice { amount } } } }`;
    const { data } = await who.buyer.send(query, { id: order.id });
    expect(data.order).toMatchObject({
      ...prices,
      total: { amount: due },
      lines: [{ total: { amount: due } }],
    });
  });

  test('cost what was confirmed, however long the checkout waits', async () => {
    const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
    const due = await startPeriod(subscriptionId);
    await who.buyer.add({ subscriptionId, addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 2 }] });
    await who.buyer.confirm();
    const [{ start }] = (await gateway.rows('SELECT activatedAt AS start FROM subscriptions WHERE id = ?', [
      subscriptionId,
    ])) as [{ start: Date }];
    // As if it had been confirmed when the period began.
    await gateway.rows('UPDATE baskets SET billingConfirmedAt = ? WHERE billingConfirmedAt IS NOT NULL', [
      start,
    ]);
    expect(due).not.toBe('15.00');
    expect((await basketOf()).total).toEqual({ amount: '15.00' });
  });

  test('cost the same in an order on behalf of the customer', async () => {
    const subscriptionId = await who.manager.liveSubscription(NORTHWIND);
    const due = await startPeriod(subscriptionId);
    const { order } = await who.manager.place({
      recipientId: NORTHWIND,
      lines: [{ subscriptionId, addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 2 }] }],
    });
    expect(order.total).toEqual({ amount: due, currency: 'EUR' });
  });
});

describe('an end customer', () => {
  const ORDER = `orders { nodes { number billing { company } ${AMOUNTS}
    lines { unitPrice { amount } total { amount } addons { quantity unitPrice { amount } total { amount } } } } }`;
  const SUBSCRIPTION =
    'subscriptions { nodes { friendlyName recurringTotal { amount } order { total { amount } } } }';
  const AGAIN =
    'account(id: $id) { orders { nodes { total { amount } } } subscriptions { nodes { recurringTotal { amount } } } }';

  beforeEach(async () => {
    await who.reseller.order(
      { productId: product('IC-BASE-1TB'), addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 1 }] },
      ALPINE,
    );
    await gateway.settled();
  });

  const seenBy = async (email: string) => {
    const query = `query ($id: ID!) { ${ORDER} ${SUBSCRIPTION} ${AGAIN} }`;
    const { data, errors } = await gateway.send(await gateway.token(email), query, { id: ALPINE });
    expect(errors).toBeUndefined();
    return data;
  };

  test('sees its orders and subscriptions, and no amount and no billing details of its reseller', async () => {
    const { orders, subscriptions, account } = await seenBy(END_CUSTOMER);
    expect(orders.nodes).toEqual([
      {
        number: expect.stringMatching(/^ORD-/),
        billing: null,
        recurring: null,
        total: null,
        lines: [{ unitPrice: null, total: null, addons: [{ quantity: 1, unitPrice: null, total: null }] }],
      },
    ]);
    expect(subscriptions.nodes).toEqual([
      { friendlyName: 'Impossible Cloud 1 TB', recurringTotal: null, order: { total: null } },
    ]);
    expect(account).toEqual({
      orders: { nodes: [{ total: null }] },
      subscriptions: { nodes: [{ recurringTotal: null }] },
    });
  });

  test.each(['sales@skyline.example', 'manager@bss.example', 'admin@bss.example'])(
    'hides nothing from %s',
    async email => {
      const { orders, subscriptions } = await seenBy(email);
      expect(orders.nodes[0]).toMatchObject({
        billing: { company: expect.any(String) },
        total: { amount: '12.40' },
        recurring: [{ billingCycle: 'MONTHLY', amount: { amount: '12.40' } }],
      });
      expect(subscriptions.nodes[0].recurringTotal).toEqual({ amount: '12.40' });
    },
  );
});

test('a user whose name alone is visible has neither an e-mail address nor roles', async () => {
  await who.manager.liveSubscription(NORTHWIND);
  const { data } = await who.buyer.send('{ orders { nodes { placedBy { id name email roles } } } }');
  const [{ placedBy }] = data.orders.nodes;
  expect(placedBy).toMatchObject({ name: expect.any(String) });
  const isManager = placedBy.id === userId('manager@bss.example');
  expect(isManager).toBe(true);
});
