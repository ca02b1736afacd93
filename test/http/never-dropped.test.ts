import { DEMO_PASSWORD, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { type AdminMutation, administrator } from '../support/administrator';
import { type Person, people } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { NORTHWIND } from '../support/demo';
import { subscriptionOf } from '../support/desk';
import { codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { signIn } from '../support/sign-in';
import { Listener } from '../support/streams';
import { writingNothing } from '../support/tables';
import { until } from '../support/until';
import { webhooksOf } from '../support/webhooks';

const STORAGE = product('IC-BASE-1TB');
const more = [{ addonId: addon('IC-ADD-1TB'), quantity: 1 }];

let gateway: TestGateway;
let who: ReturnType<typeof people>;
/** A live subscription that is billed monthly, the order that it came with, and another order. */
let subscriptionId: string;
let order: { id: string; number: string };
let other: { id: string; number: string };
beforeAll(async () => {
  gateway = await startTestGateway();
  who = people(gateway);
  order = await who.manager.provisioned(NORTHWIND, { productId: STORAGE });
  subscriptionId = await subscriptionOf(gateway.rows, order.id);
  other = await who.manager.placed(NORTHWIND, { subscriptionId, addons: more });
});
afterAll(() => gateway.stop());

describe('beside a subscription, a line cannot have', () => {
  const combinations: [what: string, given: object, path: string][] = [
    ['another billing cycle', { billingCycle: 'ANNUALLY' }, 'billingCycle'],
    ['licenses', { quantity: 2 }, 'quantity'],
    ['a name', { friendlyName: 'Backups' }, 'friendlyName'],
    ['a product', { productId: STORAGE }, 'productId'],
    ['an empty product', { productId: '' }, 'productId'],
  ];

  test.each(combinations)('%s: in addToBasket', async (_, given, path) => {
    const input = { subscriptionId, addons: more, ...given };
    const answer = await writingNothing(gateway, () => who.buyer.add(input));
    expect([answer.basket, codesWithPaths(answer)]).toEqual([null, [`INVALID_INPUT ${path}`]]);
  });

  test.each(combinations)('%s: in placeOrder', async (_, given, path) => {
    const line = { subscriptionId, addons: more, ...given };
    const answer = await writingNothing(gateway, () =>
      who.manager.place({ recipientId: NORTHWIND, lines: [line] }),
    );
    expect([answer.order, codesWithPaths(answer)]).toEqual([null, [`INVALID_INPUT lines.0.${path}`]]);
  });

  test('several are all reported at once', async () => {
    const given = { billingCycle: 'ANNUALLY', quantity: 2, friendlyName: 'Backups' };
    expect(codesWithPaths(await who.buyer.add({ subscriptionId, addons: more, ...given }))).toEqual([
      'INVALID_INPUT billingCycle',
      'INVALID_INPUT quantity',
      'INVALID_INPUT friendlyName',
    ]);
  });

  test('values other than its current ones, which are accepted', async () => {
    const { basket, errors } = await who.buyer.add({
      subscriptionId,
      addons: more,
      billingCycle: 'MONTHLY',
      quantity: 1,
      friendlyName: null,
    });
    expect(errors).toEqual([]);
    const lineId = basket.lines[0].id;
    for (const [given, path] of [
      [{ billingCycle: 'ANNUALLY' }, 'billingCycle'],
      [{ quantity: 1 }, 'quantity'],
      [{ friendlyName: 'Backups' }, 'friendlyName'],
    ] as const) {
      const answer = await writingNothing(gateway, () => who.buyer.update({ lineId, ...given }));
      expect(codesWithPaths(answer)).toEqual([`INVALID_INPUT ${path}`]);
    }
    const same = await who.buyer.update({ lineId, billingCycle: 'MONTHLY', quantity: 0 });
    expect(same.errors).toEqual([]);
    await who.buyer.empty();
  });
});

describe('null', () => {
  test.each(['quantity', 'billingCycle', 'addons'])('for %s of a basket line is rejected', async field => {
    const { basket } = await who.otherBuyer.add({ productId: STORAGE });
    const lineId = basket.lines[0].id;
    const answer = await writingNothing(gateway, () => who.otherBuyer.update({ lineId, [field]: null }));
    expect(codesWithPaths(answer)).toEqual([`INVALID_INPUT ${field}`]);
    await who.otherBuyer.empty();
  });

  test('removes the name of a basket line; an absent name keeps it', async () => {
    const { basket } = await who.otherBuyer.add({ productId: STORAGE, friendlyName: 'Backups' });
    const lineId = basket.lines[0].id;
    const nameAfter = async (change: object) =>
      (await who.otherBuyer.update({ lineId, ...change })).basket.lines[0].friendlyName;
    expect([await nameAfter({ quantity: 1 }), await nameAfter({ friendlyName: null })]).toEqual([
      'Backups',
      null,
    ]);
    await who.otherBuyer.empty();
  });

  const category = { categoryId: demoId('cat', 'impossible-cloud') };
  test.each<[AdminMutation, object, string[]]>([
    [
      'updateProduct',
      { productId: STORAGE },
      ['sku', 'slug', 'name', 'categoryId', 'capacityBytes', 'providerAttributes', 'position'],
    ],
    [
      'updateAddon',
      { addonId: addon('IC-ADD-1TB') },
      ['sku', 'name', 'incrementBytes', 'minQuantity', 'providerAttributes'],
    ],
    ['updateCategory', category, ['slug', 'name', 'position']],
    ['updateAccount', { accountId: NORTHWIND }, ['name', 'email', 'billing']],
    ['updateUser', { userId: userId('buyer@northwind.example') }, ['name', 'email']],
  ])('in %s is rejected for required fields', async (mutation, input, names) => {
    const admin = administrator(gateway);
    const nulls = Object.fromEntries(names.map(name => [name, null]));
    const answer = await writingNothing(gateway, () => admin.ask(mutation, { ...input, ...nulls }));
    expect(codesWithPaths(answer).sort()).toEqual(names.map(name => `INVALID_INPUT ${name}`).sort());
  });

  test('clears a description, and moves a category to the top level', async () => {
    const admin = administrator(gateway);
    const { category: top } = await admin.does('createCategory', { slug: 'top', name: 'Top' });
    const input = { slug: 'below', name: 'Below', parentId: top.id, description: 'It is below.' };
    const { category: below } = await admin.does('createCategory', input);
    const change = (values: object) => admin.does('updateCategory', { categoryId: below.id, ...values });
    expect((await change({ name: 'Still below' })).category).toMatchObject({
      parent: { slug: 'top' },
      description: 'It is below.',
    });
    expect((await change({ parentId: null, description: null })).category).toMatchObject({
      parent: null,
      description: null,
    });
    for (const mutation of ['updateProduct', 'updateAddon'] as const) {
      const id = mutation === 'updateProduct' ? { productId: STORAGE } : { addonId: addon('IC-ADD-1TB') };
      const answer = await admin.does(mutation, { ...id, description: null });
      expect((answer.product ?? answer.addon).description).toBeNull();
    }
  });

  test('in updateWebhook is rejected for required fields', async () => {
    const owner = webhooksOf(gateway, 'sales@skyline.example');
    const { webhook } = await owner.create({ url: 'https://hooks.skyline.example/' });
    for (const field of ['url', 'eventTypes', 'state']) {
      const answer = await owner.update({ webhookId: webhook.id, [field]: null });
      expect([codesWithPaths(answer), await owner.see(webhook.id)]).toEqual([
        [`INVALID_INPUT ${field}`],
        webhook,
      ]);
    }
  });
});

describe('an empty id', () => {
  test.each<[AdminMutation, object, string]>([
    ['updateProduct', { productId: STORAGE, categoryId: '' }, 'categoryId'],
    ['createCategory', { slug: 'new', name: 'New', parentId: '' }, 'parentId'],
    ['updateCategory', { categoryId: demoId('cat', 'impossible-cloud'), parentId: '' }, 'parentId'],
  ])('in %s is not found', async (mutation, input, path) => {
    const answer = await writingNothing(gateway, () => administrator(gateway).ask(mutation, input));
    expect(codesWithPaths(answer)).toEqual([`NOT_FOUND ${path}`]);
  });

  test('of a product in addToBasket is not found', async () => {
    const answer = await writingNothing(gateway, () => who.buyer.add({ productId: '' }));
    expect(codesWithPaths(answer)).toEqual(['NOT_FOUND productId']);
  });
});

test('setPrice rejects an absent price; null removes it from the list', async () => {
  const input = { priceListId: demoId('pl', 'public'), itemId: STORAGE, billingCycle: 'ANNUALLY' };
  const answer = await writingNothing(gateway, () => administrator(gateway).ask('setPrice', input));
  expect(codesWithPaths(answer)).toEqual(['INVALID_INPUT unitPrice']);
  expect((await administrator(gateway).ask('setPrice', { ...input, unitPrice: null })).errors).toEqual([]);
});

test('signIn rejects a new password for a permanent one, and creates no session', async () => {
  const answer = await writingNothing(gateway, () =>
    signIn(gateway, 'buyer@northwind.example', DEMO_PASSWORD, 'a long one of my own'),
  );
  expect([answer.token, codesWithPaths(answer)]).toEqual([null, ['INVALID_INPUT newPassword']]);
});

describe('a query', () => {
  const ask = async (person: Person, query: string, variables: object = {}) => {
    const { data, errors } = await person.send(query, variables);
    return errors ? errors.map(({ extensions }) => extensions.code) : data;
  };
  const ORDER = 'query ($id: ID, $number: String) { order(id: $id, number: $number) { id } }';
  const PRODUCT = 'query ($id: ID, $sku: String) { product(id: $id, sku: $sku) { sku } }';

  test('for an order by id and number finds it where both are of one order', async () => {
    const find = (variables: object) => ask(who.manager, ORDER, variables);
    const { id, number } = order;
    const found = { order: { id } };
    expect([await find({ id }), await find({ number }), await find({ id, number })]).toEqual([
      found,
      found,
      found,
    ]);
    const refused = ['BAD_USER_INPUT'];
    expect([await find({ id, number: other.number }), await find({ id, number: '' })]).toEqual([
      refused,
      refused,
    ]);
    expect([await find({}), await find({ id: null })]).toEqual([{ order: null }, { order: null }]);
    // An order of another tenant is as absent with a number beside its id as without.
    expect(await ask(who.otherBuyer, ORDER, { id, number: other.number })).toEqual({ order: null });
    expect(await find({ id: '' })).toEqual({ order: null });
  });

  test('for a product by id and SKU finds it where both are of one product', async () => {
    const find = (variables: object) => ask(who.buyer, PRODUCT, variables);
    const found = { product: { sku: 'IC-BASE-1TB' } };
    expect([
      await find({ id: STORAGE }),
      await find({ sku: 'IC-BASE-1TB' }),
      await find({ id: STORAGE, sku: 'IC-BASE-1TB' }),
    ]).toEqual([found, found, found]);
    const refused = ['BAD_USER_INPUT'];
    expect([await find({ id: STORAGE, sku: 'CB-SERVER' }), await find({})]).toEqual([
      refused,
      { product: null },
    ]);
    expect([await find({ id: '' }), await find({ sku: '' })]).toEqual([{ product: null }, { product: null }]);
  });

  test('for a category without a slug finds no products, not all of them', async () => {
    const PRODUCTS = '{ products(filter: { categorySlug: "" }) { totalCount } }';
    expect(await ask(who.buyer, PRODUCTS)).toEqual({ products: { totalCount: 0 } });
  });

  test.each([
    ['products(filter: { search: $long })', 'totalCount'],
    ['accounts(filter: { search: $long })', 'totalCount'],
    ['users(filter: { search: $long })', 'totalCount'],
    ['subscriptions(filter: { search: $long })', 'totalCount'],
    ['catalogProducts(search: $long)', 'totalCount'],
    ['catalogAddons(search: $long)', 'totalCount'],
    ['auditTrail(filter: { types: [$long] })', 'totalCount'],
    ['orders(after: "")', 'totalCount'],
    ['products(after: "")', 'totalCount'],
    ['auditTrail(after: "")', 'totalCount'],
  ])('%s is rejected, not truncated', async (field, selection) => {
    const declared = field.includes('$long') ? '($long: String!)' : '';
    const answer = await ask(who.admin, `query ${declared} { ${field} { ${selection} } }`, {
      long: 'x'.repeat(101),
    });
    expect(answer).toEqual([field.includes('after') ? 'BAD_CURSOR' : 'BAD_USER_INPUT']);
  });
});

describe('a stream of provisioning', () => {
  const STREAM =
    'subscription ($orderId: ID, $subscriptionId: ID) { provisioningUpdates(orderId: $orderId, subscriptionId: $subscriptionId) { __typename } }';

  test.each([
    ['an empty order', () => ({ orderId: '' })],
    ['an empty subscription', () => ({ subscriptionId: '' })],
    ['a subscription that is not of the order', () => ({ orderId: other.id, subscriptionId })],
  ])('of %s is rejected, not widened to everything', async (_, variables) => {
    const token = await gateway.token('manager@bss.example');
    const listener = new Listener(gateway.url, token, STREAM, variables());
    await until(() => listener.completed);
    expect([listener.errors, listener.messages]).toEqual([['NOT_FOUND'], []]);
    await listener.stop();
  });
});
