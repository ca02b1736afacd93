import { type BackOffice, startBackOffice, stepsOf } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { NORTHWIND } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { clearLedger, effects, faults, ledger, refuse } from '../support/provider/of-gateway';
import { newKey } from '../support/shop';
import { writingNothing } from '../support/tables';

const ONE_TB = addon('IC-ADD-1TB');
const FIVE_TB = addon('IC-ADD-5TB');

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
let subscriptionId: string;
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
});
afterAll(() => office.stop());
beforeEach(async () => {
  await office.reset();
  subscriptionId = await who.manager.liveSubscription(NORTHWIND);
  await clearLedger(gateway);
  office.proxy.calls.length = 0;
});

/** Buys add-ons through the storefront's basket; resolves to the order when it is provisioned. */
async function buy(...addons: { addonId: string; quantity: number }[]) {
  const { order, errors } = await who.buyer.order({ subscriptionId, addons });
  expect(errors).toEqual([]);
  await gateway.settled();
  return who.buyer.seeOrder(order.id);
}

/** What a call says about the add-ons: which, what is to be done, and how many there shall be. */
const told = () =>
  office.proxy.calls.map(({ endpoint, body }) => [
    endpoint,
    ...body.Addons.map((it: any) => `${it.ProductID} ${it.ActionType} ${it.Quantity}`).sort(),
  ]);

const held = () =>
  gateway.rows(
    'SELECT addonId, quantity FROM subscription_addons WHERE subscriptionId = ? ORDER BY quantity',
    [subscriptionId],
  );

test('an add-on bought later is added to the subscription and to its price', async () => {
  const order = await buy({ addonId: ONE_TB, quantity: 2 });
  expect(order).toMatchObject({ state: 'COMPLETED', source: 'STOREFRONT', total: { amount: '15.00' } });
  expect(order.operations.map(stepsOf)).toEqual([
    ['ASSIGN_ADDONS SUCCEEDED 1', 'ACTIVATE_SERVICE SUCCEEDED 0'],
  ]);
  expect(await who.buyer.seeSubscription(subscriptionId)).toMatchObject({
    state: 'ACTIVE',
    syncState: 'SYNCED',
    capacityBytes: '3000000000000',
    recurringTotal: { amount: '23.00' },
    addons: [{ addon: { sku: 'IC-ADD-1TB' }, quantity: 2 }],
  });
  expect(told()).toEqual([['addons/create', 'IC-ADD-1TB Provision 2']]);
  expect((await ledger(gateway)).calls).toEqual({ 'addons/create': 1 });
});

test('buying the same add-on again raises its quantity, and the provider receives the new total', async () => {
  await buy({ addonId: ONE_TB, quantity: 2 });
  office.proxy.calls.length = 0;
  await buy({ addonId: ONE_TB, quantity: 3 });
  expect(told()).toEqual([['addons/update', 'IC-ADD-1TB Provision 5']]);
  expect(await held()).toEqual([{ addonId: ONE_TB, quantity: 5 }]);
  expect(await who.buyer.seeSubscription(subscriptionId)).toMatchObject({
    capacityBytes: '6000000000000',
    recurringTotal: { amount: '45.50' },
    addons: [{ addon: { sku: 'IC-ADD-1TB' }, quantity: 5 }],
  });
  expect(await effects(gateway)).toEqual(['addon.set IC-ADD-1TB=2 ×1', 'addon.set IC-ADD-1TB=5 ×1']);
  expect((await ledger(gateway)).calls).toEqual({ 'addons/create': 1, 'addons/update': 1 });
});

test('new add-ons are created and existing ones updated, and each call lists all add-ons', async () => {
  await buy({ addonId: ONE_TB, quantity: 2 });
  office.proxy.calls.length = 0;
  await buy({ addonId: FIVE_TB, quantity: 1 }, { addonId: ONE_TB, quantity: 1 });
  expect(told()).toEqual([
    ['addons/create', 'IC-ADD-1TB None 3', 'IC-ADD-5TB Provision 1'],
    ['addons/update', 'IC-ADD-1TB Provision 3', 'IC-ADD-5TB None 1'],
  ]);
  office.proxy.calls.length = 0;
  await buy({ addonId: FIVE_TB, quantity: 1 });
  expect(told()).toEqual([['addons/update', 'IC-ADD-1TB None 3', 'IC-ADD-5TB Provision 2']]);
  expect(await held()).toEqual([
    { addonId: FIVE_TB, quantity: 2 },
    { addonId: ONE_TB, quantity: 3 },
  ]);
  const [{ externalId }] = (await gateway.rows('SELECT externalId FROM subscriptions')) as [
    { externalId: string },
  ];
  for (const { body } of office.proxy.calls) {
    expect(body).toMatchObject({
      ID: externalId,
      SubscriptionID: subscriptionId,
      ActionType: 'None',
      ProductID: 'IC-BASE-1TB',
      Quantity: 1,
      AttributeList: { storage_gb: { Value: '1000' } },
      Account: { Email: 'it@northwind.example', ResellerExternalID: null },
      CheckOnly: false,
      RequestedBy: { Email: 'buyer@northwind.example' },
    });
    expect(body.Account.ExternalID).toMatch(/^acc-/);
  }
});

test('adding to one subscription twice makes one basket line and one provider call', async () => {
  await who.buyer.add({ subscriptionId, addons: [{ addonId: ONE_TB, quantity: 1 }] });
  const { basket } = await who.buyer.add({
    subscriptionId,
    addons: [
      { addonId: ONE_TB, quantity: 2 },
      { addonId: FIVE_TB, quantity: 1 },
    ],
  });
  expect(basket.lines).toMatchObject([
    {
      quantity: 0,
      subscription: { id: subscriptionId },
      addons: [
        { addon: { sku: 'IC-ADD-1TB' }, quantity: 3 },
        { addon: { sku: 'IC-ADD-5TB' }, quantity: 1 },
      ],
    },
  ]);
  const confirmed = await who.buyer.confirm();
  await who.buyer.checkout({ basketId: confirmed.basket.id, idempotencyKey: newKey() });
  await gateway.settled();
  expect(told()).toEqual([['addons/create', 'IC-ADD-1TB Provision 3', 'IC-ADD-5TB Provision 1']]);
});

test('the maximum quantity of an add-on includes the units of the subscription', async () => {
  await buy({ addonId: FIVE_TB, quantity: 15 });
  const add = (quantity: number) =>
    who.buyer.add({ subscriptionId, addons: [{ addonId: FIVE_TB, quantity }] });
  const place = (quantity: number) =>
    who.manager.place({
      recipientId: NORTHWIND,
      lines: [{ subscriptionId, addons: [{ addonId: FIVE_TB, quantity }] }],
    });
  await writingNothing(gateway, async () => {
    for (const refused of [await add(6), await add(0), await place(6)]) {
      expect(refused.errors).toMatchObject([{ code: 'QUANTITY_LIMIT', minQuantity: 1, maxQuantity: 5 }]);
    }
  });
  await buy({ addonId: FIVE_TB, quantity: 5 });
  const { errors } = await writingNothing(gateway, () => add(1));
  expect(errors).toMatchObject([{ code: 'QUANTITY_LIMIT', minQuantity: 1, maxQuantity: 0 }]);
});

test('of two orders that exceed the maximum together, the second is rejected at execution', async () => {
  const line = { subscriptionId, addons: [{ addonId: FIVE_TB, quantity: 15 }] };
  const first = await who.manager.placed(NORTHWIND, line);
  const second = await who.manager.placed(NORTHWIND, line);
  expect(codes(await who.manager.execute({ orderId: first.id }))).toEqual([]);
  await gateway.settled();
  const refused = await writingNothing(gateway, () => who.manager.execute({ orderId: second.id }));
  expect(refused.errors).toMatchObject([{ code: 'QUANTITY_LIMIT', maxQuantity: 5 }]);
  expect(await held()).toEqual([{ addonId: FIVE_TB, quantity: 15 }]);
});

test('no add-ons can be bought while others are being provisioned', async () => {
  office.proxy.hold('addons/create');
  const { order } = await who.buyer.order({ subscriptionId, addons: [{ addonId: ONE_TB }] });
  const add = await who.buyer.add({ subscriptionId, addons: [{ addonId: ONE_TB }] });
  expect(codes(add)).toEqual(['SUBSCRIPTION_BUSY']);
  const place = { recipientId: NORTHWIND, lines: [{ subscriptionId, addons: [{ addonId: ONE_TB }] }] };
  expect(codes(await who.manager.place(place))).toEqual(['SUBSCRIPTION_BUSY']);
  office.proxy.release();
  await gateway.settled();
  expect((await who.buyer.seeOrder(order.id)).state).toBe('COMPLETED');
  expect(await held()).toEqual([{ addonId: ONE_TB, quantity: 1 }]);
});

test('add-ons that the provider rejects are not recorded, and a retry sends all add-ons again', async () => {
  await buy({ addonId: ONE_TB, quantity: 1 });
  office.proxy.calls.length = 0;
  await faults(gateway, refuse('addons/update'));
  const failed = await buy({ addonId: FIVE_TB, quantity: 1 }, { addonId: ONE_TB, quantity: 1 });
  expect(failed.state).toBe('FAILED');
  expect(await held()).toEqual([{ addonId: ONE_TB, quantity: 1 }]);
  expect(await who.buyer.seeSubscription(subscriptionId)).toMatchObject({
    state: 'ACTIVE',
    syncState: 'FAILED',
    capacityBytes: '2000000000000',
    recurringTotal: { amount: '15.50' },
  });
  expect(codes(await who.manager.retry({ operationId: failed.operations[0].id }))).toEqual([]);
  await gateway.settled();
  const both = [
    ['addons/create', 'IC-ADD-1TB None 2', 'IC-ADD-5TB Provision 1'],
    ['addons/update', 'IC-ADD-1TB Provision 2', 'IC-ADD-5TB None 1'],
  ];
  expect(told()).toEqual([...both, ...both]);
  expect(await effects(gateway)).toEqual([
    'addon.set IC-ADD-1TB=1 ×1',
    'addon.set IC-ADD-5TB=1 ×1',
    'addon.set IC-ADD-1TB=2 ×1',
  ]);
  expect((await who.buyer.seeOrder(failed.id)).state).toBe('COMPLETED');
  expect(await who.buyer.seeSubscription(subscriptionId)).toMatchObject({
    syncState: 'SYNCED',
    capacityBytes: '8000000000000',
    recurringTotal: { amount: '59.00' },
  });
});

test('while a purchase has failed nothing more can be bought, until it is retried', async () => {
  await faults(gateway, refuse('addons/create'));
  const failed = await buy({ addonId: ONE_TB, quantity: 1 });
  const more = { subscriptionId, addons: [{ addonId: ONE_TB, quantity: 2 }] };
  const { errors } = await writingNothing(gateway, () => who.buyer.add(more));
  expect(errors).toMatchObject([{ code: 'INVALID_STATE', path: ['subscriptionId'] }]);
  const { availableActions } = await who.manager.seeSubscription(subscriptionId);
  expect(availableActions).toContainEqual({ action: 'RETRY_PROVISIONING', allowed: true, blockedBy: null });
  expect(codes(await who.manager.retry({ operationId: failed.operations[0].id }))).toEqual([]);
  await gateway.settled();
  await buy({ addonId: ONE_TB, quantity: 2 });
  expect(await held()).toEqual([{ addonId: ONE_TB, quantity: 3 }]);
});

test('one order provisions a new subscription with add-ons and add-ons for a live one', async () => {
  const { order, errors } = await (async () => {
    await who.buyer.add({ productId: product('CB-SERVER'), quantity: 3 });
    return who.buyer.order({ subscriptionId, addons: [{ addonId: ONE_TB, quantity: 1 }] });
  })();
  expect(errors).toEqual([]);
  await gateway.settled();
  const done = await who.buyer.seeOrder(order.id);
  expect(done.state).toBe('COMPLETED');
  expect(done.operations.map((operation: any) => operation.kind).sort()).toEqual(['ADD_ADDONS', 'PROVISION']);
});
