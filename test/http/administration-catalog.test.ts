import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { type Administrator, administrator } from '../support/administrator';
import { type Person, people } from '../support/back-office';
import { addon, keepCatalog, product, service, type TestCatalog } from '../support/catalog';
import { codes } from '../support/errors';
import { startOn, startTestGateway, type TestGateway } from '../support/gateway';
import { statementsOf } from '../support/statements';
import { numbered } from '../support/streams';
import { writingNothing } from '../support/tables';
import { until } from '../support/until';

const CATEGORY = demoId('cat', 'impossible-cloud');
const PUBLIC = demoId('pl', 'public');
const TB = 1_000_000_000_000;

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

const anonymous = async (query: string, variables: object = {}) =>
  (await gateway.send(null, query, variables)).data;

const archive = (more: object = {}) => ({
  serviceId: service('cloud-backup'),
  categoryId: CATEGORY,
  sku: 'CB-ARCHIVE',
  slug: 'cb-archive',
  name: 'Cloud Backup Archive',
  capacityBytes: String(10 * TB),
  ...more,
});
const priced = (itemId: string, unitPrice: string) =>
  admin.does('setPrice', { priceListId: PUBLIC, itemId, billingCycle: 'MONTHLY', unitPrice });

test('a category can be created, found, changed and moved, but not below itself', async () => {
  const { category: top } = await admin.does('createCategory', { slug: 'storage', name: 'Storage' });
  expect(top).toMatchObject({ version: 1, slug: 'storage', name: 'Storage', parent: null });
  const made = await admin.does('createCategory', { slug: 'cold', name: 'Cold', parentId: top.id });
  expect(made.category.parent).toEqual({ slug: 'storage' });
  expect((await anonymous('{ category(slug: "storage") { children { slug } } }')).category).toEqual({
    children: [{ slug: 'cold' }],
  });
  const input = {
    categoryId: top.id,
    name: 'All storage',
    description: 'Where bytes live.',
    expectedVersion: 1,
  };
  const { category } = await admin.does('updateCategory', input);
  expect(category).toMatchObject({ version: 2, slug: 'storage', name: 'All storage' });
  await writingNothing(gateway, async () => {
    const loop = await admin.ask('updateCategory', { categoryId: top.id, parentId: made.category.id });
    expect(loop.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['parentId'] }]);
    const stale = await admin.ask('updateCategory', input);
    expect(stale.errors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: 2 }]);
    const again = await admin.ask('createCategory', { slug: 'storage', name: 'Another' });
    expect(again.errors).toMatchObject([{ code: 'ALREADY_EXISTS', path: ['slug'] }]);
  });
});

/** Forgets what the provider sells and the demo knows, so that it can be made here. */
const forget = () =>
  catalog.change(async tx => {
    const [sold, extra] = [product('CB-WORKSTATION'), addon('CB-ARCHIVE-100GB')];
    await tx.execute('DELETE FROM prices WHERE itemId IN (?, ?)', [sold, extra]);
    await tx.execute('DELETE FROM product_addons WHERE productId = ? OR addonId = ?', [sold, extra]);
    await tx.execute('DELETE FROM products WHERE id = ?', [sold]);
    await tx.execute('DELETE FROM addons WHERE id = ?', [extra]);
  });

test('a product is a draft that only administrators see until it has a price and is published', async () => {
  await forget();
  const { product: made } = await admin.does(
    'createProduct',
    archive({
      sku: 'CB-WORKSTATION',
      providerAttributes: [{ name: 'storage_gb', value: '10000' }],
    }),
  );
  expect(made).toMatchObject({
    version: 1,
    state: 'DRAFT',
    capacityBytes: String(10 * TB),
    listedPrices: [],
  });
  expect(made.providerAttributes).toEqual([{ name: 'storage_gb', value: '10000' }]);
  const seen = () =>
    anonymous('{ product(sku: "CB-WORKSTATION") { state prices { unitPrice { amount } } } }');
  expect(await seen()).toEqual({ product: null });

  const early = await writingNothing(gateway, () => admin.ask('publishProduct', { productId: made.id }));
  expect(early.errors).toMatchObject([{ code: 'INVALID_STATE', path: ['productId'] }]);

  const { addon: extra } = await admin.does('createAddon', {
    sku: 'CB-ARCHIVE-100GB',
    name: 'More',
    incrementBytes: String(TB),
    maxQuantity: 5,
  });
  await priced(made.id, '99.50');
  await priced(extra.id, '9.00');
  await admin.does('publishAddon', { addonId: extra.id });
  const both = [addon('IC-ADD-1TB'), extra.id];
  await admin.does('setProductAddons', { productId: made.id, addonIds: both });
  const { product: sold } = await admin.does('publishProduct', { productId: made.id, expectedVersion: 2 });
  expect(sold).toMatchObject({ version: 3, state: 'PUBLISHED' });
  expect(sold.addons).toEqual([{ sku: 'IC-ADD-1TB' }, { sku: 'CB-ARCHIVE-100GB' }]);
  expect(await seen()).toEqual({
    product: { state: 'PUBLISHED', prices: [{ unitPrice: { amount: '99.50' } }] },
  });

  const { order } = await who.buyer.order({
    productId: made.id,
    addons: [{ addonId: extra.id, quantity: 2 }],
  });
  expect(order.total).toEqual({ amount: '117.50', currency: 'EUR' });
  await gateway.settled();
  const { state, capacityBytes } = await who.buyer.seeSubscription(order.lines[0].subscription.id);
  expect([state, capacityBytes]).toEqual(['ACTIVE', String(12 * TB)]);
});

test('a retired product is no longer sold; its subscriptions are shown, renamed, extended and cancelled', async () => {
  const id = await who.manager.liveSubscription(accountId('Northwind Traders'));
  const open = await who.manager.placed(accountId('Contoso'), { productId: product('IC-BASE-1TB') });
  const { product: retired } = await admin.does('retireProduct', { productId: product('IC-BASE-1TB') });
  expect(retired.state).toBe('RETIRED');
  expect((await anonymous('{ product(sku: "IC-BASE-1TB") { id } }')).product).toBeNull();
  expect(codes(await who.buyer.add({ productId: product('IC-BASE-1TB') }))).toEqual(['NOT_FOUND']);

  const { data } = await who.buyer.send(
    'query ($id: ID!) { subscription(id: $id) { friendlyName product { name state } order { total { amount } } } }',
    { id },
  );
  expect(data.subscription).toEqual({
    friendlyName: 'Impossible Cloud 1 TB',
    product: { name: 'Impossible Cloud 1 TB', state: 'RETIRED' },
    order: { total: { amount: '8.00' } },
  });
  expect(codes(await who.buyer.rename({ subscriptionId: id, friendlyName: 'Kept' }))).toEqual([]);
  const more = { subscriptionId: id, addons: [{ addonId: addon('IC-ADD-1TB') }] };
  expect((await who.buyer.order(more)).errors).toEqual([]);
  await gateway.settled();
  expect((await who.buyer.seeSubscription(id)).capacityBytes).toBe(String(2 * TB));
  await admin.does('retireAddon', { addonId: addon('IC-ADD-1TB') });
  expect(codes(await who.buyer.add(more))).toEqual(['ADDON_UNAVAILABLE']);

  // An order that waits is asked again when it is executed, as for everything that held when it was placed.
  const refused = await writingNothing(gateway, () => who.manager.execute({ orderId: open.id }));
  expect(codes(refused)).toEqual(['PRODUCT_UNAVAILABLE']);
  await admin.does('publishProduct', { productId: product('IC-BASE-1TB') });
  expect(codes(await who.manager.execute({ orderId: open.id }))).toEqual([]);

  const request = await who.manager.requested(id);
  await who.manager.decide({ requestId: request.id, decision: 'ACCEPT' });
  await gateway.settled();
  expect((await who.buyer.seeSubscription(id)).state).toBe('CANCELLED');
});

test('a sold product keeps its SKU and capacity; those of a draft can change', async () => {
  const sold = product('IC-BASE-1TB');
  await writingNothing(gateway, async () => {
    for (const change of [{ sku: 'IC-OTHER' }, { capacityBytes: '1' }]) {
      const { errors } = await admin.ask('updateProduct', { productId: sold, ...change });
      expect(errors).toMatchObject([{ code: 'INVALID_STATE', path: Object.keys(change) }]);
    }
    const { errors } = await admin.ask('updateAddon', { addonId: addon('IC-ADD-1TB'), incrementBytes: '1' });
    expect(errors).toMatchObject([{ code: 'INVALID_STATE', path: ['incrementBytes'] }]);
  });
  const { product: draft } = await admin.does('createProduct', archive());
  const { product: changed } = await admin.does('updateProduct', {
    productId: draft.id,
    sku: 'CB-ARCHIVE-2',
    capacityBytes: String(2 * TB),
    name: 'Second',
  });
  expect(changed).toMatchObject({
    version: 2,
    sku: 'CB-ARCHIVE-2',
    capacityBytes: String(2 * TB),
    name: 'Second',
  });
  const taken = await admin.ask('updateProduct', { productId: draft.id, slug: 'ic-base-1tb' });
  expect(taken.errors).toMatchObject([{ code: 'ALREADY_EXISTS', path: ['slug'] }]);
  // The same values again are nobody else's.
  await admin.does('updateProduct', {
    productId: sold,
    sku: 'IC-BASE-1TB',
    slug: 'ic-base-1tb',
    capacityBytes: String(TB),
  });
});

test('an add-on rejects a minimum above its maximum, and a bound can be removed', async () => {
  const addonId = addon('IC-ADD-1TB');
  const unfit = await writingNothing(gateway, () => admin.ask('updateAddon', { addonId, minQuantity: 101 }));
  expect(unfit.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['maxQuantity'] }]);
  expect((await admin.does('updateAddon', { addonId, minQuantity: 2 })).addon).toMatchObject({
    minQuantity: 2,
    maxQuantity: 100,
  });
  expect((await admin.does('updateAddon', { addonId, maxQuantity: null })).addon.maxQuantity).toBeNull();
});

test('the lists of administrators include drafts and retired items, page by page, in one statement', async () => {
  await admin.does('createProduct', archive());
  await admin.does('retireProduct', { productId: product('CB-SERVER') });
  const page = (args: string) =>
    admin.reads(`{ catalogProducts(${args}) { totalCount nodes { sku state assignedAddons { sku }
      listedPrices { setBy { name } } } pageInfo { hasNextPage endCursor } } }`);
  const drafts = (await page('states: [DRAFT, RETIRED]')).catalogProducts;
  expect(drafts.nodes.map(({ sku, state }: any) => `${sku} ${state}`)).toEqual([
    'CB-ARCHIVE DRAFT',
    'CB-SERVER RETIRED',
  ]);
  expect(drafts.totalCount).toBe(2);
  const first = (await page('first: 4')).catalogProducts;
  const rest = (await page(`first: 4, after: "${first.pageInfo.endCursor}"`)).catalogProducts;
  expect([first.totalCount, first.nodes.length, rest.nodes.length, rest.pageInfo.hasNextPage]).toEqual([
    6,
    4,
    2,
    false,
  ]);
  expect((await page('search: "server"')).catalogProducts.nodes.map(({ sku }: any) => sku)).toEqual([
    'CB-SERVER',
  ]);
  const cost = async (first: number) => statementsOf(gateway, () => page(`first: ${first}`));
  // The version of the catalog.
  expect([await cost(1), await cost(6)]).toEqual([1, 1]);
});

test('every change increments the version and records one audit entry; a rejection does neither', async () => {
  const version = async () => (await gateway.rows('SELECT version FROM catalog_version'))[0]?.version;
  const before = await version();
  await admin.does('createCategory', { slug: 'one', name: 'One' });
  await admin.ask('createCategory', { slug: 'one', name: 'One' });
  await admin.does('retireProduct', { productId: product('CB-SERVER') });
  // Nothing to change.
  await admin.does('retireProduct', { productId: product('CB-SERVER') });
  expect(await version()).toBe(before + 2);
  await numbered(gateway);
  const { auditTrail } = await admin.reads(
    '{ auditTrail(filter: { types: ["catalog.changed"] }, first: 2) { nodes { message by { email } } } }',
  );
  const by = { email: 'admin@bss.example' };
  expect(auditTrail.nodes).toEqual([
    { message: 'Cloud Backup Server is retired.', by },
    { message: 'The category One was made.', by },
  ]);
});

test('another process sells published products, and stops selling retired ones', async () => {
  const other = await startOn(gateway.settings);
  try {
    const there = async () => {
      const response = await fetch(`${other.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ product(sku: \\"CB-SERVER\\") { name } }"}',
      });
      return ((await response.json()) as any).data.product;
    };
    // Often enough for the answer to be one that is kept.
    for (let time = 0; time < 4; time += 1) expect(await there()).toEqual({ name: 'Cloud Backup Server' });
    await admin.does('retireProduct', { productId: product('CB-SERVER') });
    await until(async () => (await there()) === null);
    await admin.does('updateProduct', { productId: product('CB-SERVER'), name: 'Server' });
    await admin.does('publishProduct', { productId: product('CB-SERVER') });
    await until(async () => (await there())?.name === 'Server');
  } finally {
    await other.stop();
  }
});

test('the administrative fields of a product are null except for administrators', async () => {
  const query =
    '{ product(sku: "IC-BASE-1TB") { providerAttributes { name } listedPrices { version } assignedAddons { sku } } }';
  const nothing = { product: { providerAttributes: null, listedPrices: null, assignedAddons: null } };
  expect(await anonymous(query)).toEqual(nothing);
  for (const person of [who.buyer, who.reseller, who.manager])
    expect((await person.send(query)).data).toEqual(nothing);
  const { product: shown } = await admin.reads(query);
  expect([shown.providerAttributes.length, shown.listedPrices.length, shown.assignedAddons.length]).toEqual([
    1, 4, 2,
  ]);
});

test('lists of products and add-ons resume after an item that has left them', async () => {
  const page = async (field: string, after: string | null = null) =>
    (
      await admin.reads(
        `query ($after: String) { ${field}(states: [PUBLISHED], after: $after) { edges { cursor node { id sku } } } }`,
        { after },
      )
    )[field].edges;
  const skus = (edges: any[]) => edges.map(({ node }) => node.sku);
  for (const [field, mutation, name] of [
    ['catalogProducts', 'retireProduct', 'productId'],
    ['catalogAddons', 'retireAddon', 'addonId'],
  ] as const) {
    const whole = await page(field);
    const [, second] = whole;
    await admin.does(mutation, { [name]: second.node.id });
    expect(skus(await page(field, second.cursor))).toEqual(skus(whole).slice(2));
  }
});

test('the list of price lists resumes after any item', async () => {
  for (const code of ['one', 'two', 'three']) await admin.does('createPriceList', { code, currency: 'EUR' });
  const READ = 'query ($after: String) { priceLists(after: $after) { edges { cursor node { id } } } }';
  const { edges } = (await admin.reads(READ)).priceLists;
  expect(edges).toHaveLength(5);
  for (const [index, { cursor }] of edges.entries()) {
    const rest = (await admin.reads(READ, { after: cursor })).priceLists.edges;
    expect(rest).toEqual(edges.slice(index + 1));
  }
});
