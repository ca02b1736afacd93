import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { BillingCycle, Category, ListedPrice, Product } from '../../src/entities';
import { addon, keepCatalog, product, service, type TestCatalog } from '../support/catalog';
import { RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { newKey, shopper } from '../support/shop';

let gateway: TestGateway;
let catalog: TestCatalog;
beforeAll(async () => {
  gateway = await startTestGateway();
  catalog = await keepCatalog(gateway);
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  await gateway.reset();
  await catalog.restore();
});

const CUSTOMER = 'buyer@northwind.example';

/** As somebody, or as nobody. */
async function ask(query: string, variables: object = {}, email?: string) {
  const answer = await gateway.send(email ? await gateway.token(email) : null, query, variables);
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

async function refusal(query: string, variables: object = {}) {
  const { status, data, errors } = await gateway.send(null, query, variables);
  expect(data).toBeFalsy();
  return { status, codes: errors?.map(error => error.extensions.code), message: errors?.[0]?.message };
}

describe('prices', () => {
  const PRICES = `{ products { nodes { sku prices { billingCycle unitPrice { amount currency } }
    addons { sku prices { billingCycle unitPrice { amount currency } } } } } }`;
  const table = async (email?: string) => {
    const { products } = await ask(PRICES, {}, email);
    const items = products.nodes.flatMap((item: any) => [item, ...item.addons]);
    return Object.fromEntries(
      items.map((item: any) => [
        item.sku,
        item.prices.map((price: any) => {
          expect(price.unitPrice.currency).toBe('EUR');
          return `${price.billingCycle} ${price.unitPrice.amount}`;
        }),
      ]),
    );
  };
  const publicPrices = {
    'IC-BASE-1TB': ['MONTHLY 8.00', 'ANNUALLY 80.00'],
    'IC-BASE-5TB': ['MONTHLY 37.50', 'ANNUALLY 375.00'],
    'IC-BASE-10TB': ['MONTHLY 70.00', 'ANNUALLY 700.00'],
    'IC-ADD-1TB': ['MONTHLY 7.50', 'ANNUALLY 75.00'],
    'IC-ADD-5TB': ['MONTHLY 36.00', 'ANNUALLY 360.00'],
    'CB-WORKSTATION': ['MONTHLY 4.50', 'ANNUALLY 45.00'],
    'CB-SERVER': ['MONTHLY 19.00', 'ANNUALLY 190.00'],
    'CB-ARCHIVE-100GB': ['MONTHLY 1.80', 'ANNUALLY 18.00'],
  };
  const resellerPrices = {
    'IC-BASE-1TB': ['MONTHLY 6.40', 'ANNUALLY 64.00'],
    'IC-BASE-5TB': ['MONTHLY 30.00', 'ANNUALLY 300.00'],
    'IC-BASE-10TB': ['MONTHLY 56.00', 'ANNUALLY 560.00'],
    'IC-ADD-1TB': ['MONTHLY 6.00', 'ANNUALLY 60.00'],
    'IC-ADD-5TB': ['MONTHLY 28.80', 'ANNUALLY 288.00'],
    'CB-WORKSTATION': ['MONTHLY 3.60', 'ANNUALLY 36.00'],
    'CB-SERVER': ['MONTHLY 15.20', 'ANNUALLY 152.00'],
    'CB-ARCHIVE-100GB': ['MONTHLY 1.44', 'ANNUALLY 14.40'],
  };

  test('without a token are those of the public list', async () => {
    expect(await table()).toEqual(publicPrices);
  });

  test('of a direct customer and of staff are those of the public list', async () => {
    expect(await table(CUSTOMER)).toEqual(publicPrices);
    expect(await table('manager@bss.example')).toEqual(publicPrices);
  });

  test('of a reseller are those of its list', async () => {
    expect(await table(RESELLER)).toEqual(resellerPrices);
  });

  test('default to the public list for items that a list omits', async () => {
    await catalog.change(tx =>
      tx.execute('DELETE FROM prices WHERE priceListId = ? AND itemId = ?', [
        demoId('pl', 'reseller'),
        product('IC-BASE-1TB'),
      ]),
    );
    expect(await table(RESELLER)).toEqual({ ...resellerPrices, 'IC-BASE-1TB': publicPrices['IC-BASE-1TB'] });
  });

  test('change without a restart, and only on the changed list', async () => {
    await catalog.reprice('public', product('IC-BASE-1TB'), BillingCycle.MONTHLY, 999);
    expect(await table()).toEqual({ ...publicPrices, 'IC-BASE-1TB': ['MONTHLY 9.99', 'ANNUALLY 80.00'] });
    expect(await table(RESELLER)).toEqual(resellerPrices);
    await catalog.reprice('reseller', addon('IC-ADD-1TB'), BillingCycle.ANNUALLY, 1);
    expect(await table(RESELLER)).toEqual({
      ...resellerPrices,
      'IC-ADD-1TB': ['MONTHLY 6.00', 'ANNUALLY 0.01'],
    });
  });

  test('in another currency have no fallback to the public list', async () => {
    await catalog.change(async tx => {
      await tx.execute('UPDATE price_lists SET currency = ? WHERE code = ?', ['JPY', 'reseller']);
      await tx.execute('DELETE FROM prices WHERE priceListId = ? AND itemId <> ?', [
        demoId('pl', 'reseller'),
        product('IC-BASE-1TB'),
      ]);
    });
    const { products } = await ask(
      `{ products(first: 2) { nodes { sku prices { unitPrice { amount currency } } } } }`,
      {},
      RESELLER,
    );
    expect(products.nodes).toEqual([
      {
        sku: 'IC-BASE-1TB',
        prices: [
          { unitPrice: { amount: '640', currency: 'JPY' } },
          { unitPrice: { amount: '6400', currency: 'JPY' } },
        ],
      },
      { sku: 'IC-BASE-5TB', prices: [] },
    ]);
  });
});

describe('the catalog', () => {
  test('shows categories in the order of the storefront, with their products', async () => {
    const { categories } =
      await ask(`{ categories { id slug name description parent { slug } children { slug }
      products { totalCount nodes { sku } } } }`);
    expect(categories).toEqual([
      {
        id: demoId('cat', 'impossible-cloud'),
        slug: 'impossible-cloud',
        name: 'Impossible Cloud',
        description: 'S3-compatible storage from European data centres, without egress fees.',
        parent: null,
        children: [],
        products: {
          totalCount: 3,
          nodes: [{ sku: 'IC-BASE-1TB' }, { sku: 'IC-BASE-5TB' }, { sku: 'IC-BASE-10TB' }],
        },
      },
      {
        id: demoId('cat', 'cloud-backup'),
        slug: 'cloud-backup',
        name: 'Cloud Backup',
        description: 'Backup of workstations and servers, a license for each.',
        parent: null,
        children: [],
        products: { totalCount: 2, nodes: [{ sku: 'CB-WORKSTATION' }, { sku: 'CB-SERVER' }] },
      },
    ]);
  });

  test('shows a product with its service, category, add-ons and capacity', async () => {
    const fields = `id sku slug name capacityBytes category { slug } service { code quantityLimit
      allowMultipleSubscriptions recipientKinds cancellationPolicy }
      addons { sku name incrementBytes minQuantity maxQuantity }`;
    const bySku = await ask(`{ product(sku: "IC-BASE-10TB") { ${fields} } }`);
    expect(bySku.product).toEqual({
      id: product('IC-BASE-10TB'),
      sku: 'IC-BASE-10TB',
      slug: 'ic-base-10tb',
      name: 'Impossible Cloud 10 TB',
      capacityBytes: '10000000000000',
      category: { slug: 'impossible-cloud' },
      service: {
        code: 'impossible-cloud-storage',
        quantityLimit: 1,
        allowMultipleSubscriptions: false,
        recipientKinds: ['CUSTOMER', 'AFFILIATE'],
        cancellationPolicy: 'REQUIRES_DECISION',
      },
      addons: [
        {
          sku: 'IC-ADD-1TB',
          name: 'Impossible Cloud +1 TB',
          incrementBytes: '1000000000000',
          minQuantity: 1,
          maxQuantity: 100,
        },
        {
          sku: 'IC-ADD-5TB',
          name: 'Impossible Cloud +5 TB',
          incrementBytes: '5000000000000',
          minQuantity: 1,
          maxQuantity: 20,
        },
      ],
    });
    const byId = await ask(
      `query ($id: ID!) { product(id: $id) { ${fields} } node(id: $id) { ... on Product { ${fields} } } }`,
      {
        id: product('IC-BASE-10TB'),
      },
    );
    expect(byId).toEqual({ product: bySku.product, node: bySku.product });
  });

  test('returns null for unknown slugs and SKUs', async () => {
    expect(
      await ask(`{ product(sku: "none") { id } category(slug: "none") { id } node(id: "prod_none") { id }
        byId: product(id: "💥") { id } neither: product { id } products(categorySlug: "none") { totalCount nodes { sku } } }`),
    ).toEqual({
      product: null,
      category: null,
      node: null,
      byId: null,
      neither: null,
      products: { totalCount: 0, nodes: [] },
    });
  });

  test('lists products of a category with those of its descendants, or without', async () => {
    await catalog.change(tx =>
      tx.execute('UPDATE categories SET parentId = ? WHERE slug = ?', [
        demoId('cat', 'impossible-cloud'),
        'cloud-backup',
      ]),
    );
    const data =
      await ask(`{ categories { slug children { slug parent { slug } products { totalCount } } products { totalCount } }
      products(categorySlug: "impossible-cloud") { totalCount } below: products(categorySlug: "cloud-backup") { totalCount } }`);
    expect(data).toEqual({
      categories: [
        {
          slug: 'impossible-cloud',
          children: [
            { slug: 'cloud-backup', parent: { slug: 'impossible-cloud' }, products: { totalCount: 2 } },
          ],
          products: { totalCount: 3 },
        },
      ],
      products: { totalCount: 5 },
      below: { totalCount: 2 },
    });
  });

  test.each([
    ['one word, in any case', 'SERVER', ['CB-SERVER']],
    ['a part of a word', 'work', ['CB-WORKSTATION']],
    ['words of the name in any order', 'tb cloud 5', ['IC-BASE-5TB']],
    ['a SKU', 'ic-base-1', ['IC-BASE-1TB', 'IC-BASE-10TB']],
    ['what the description says', '250 GB', ['CB-WORKSTATION']],
    [
      'nothing but blanks',
      '   ',
      ['IC-BASE-1TB', 'IC-BASE-5TB', 'IC-BASE-10TB', 'CB-WORKSTATION', 'CB-SERVER'],
    ],
    ['what is nowhere', 'zebra', []],
    ['signs that mean something to SQL', "%_'\\", []],
  ])('can be searched for %s', async (_, search, skus) => {
    const { products } = await ask(
      'query ($search: String) { products(search: $search) { totalCount nodes { sku } } }',
      { search },
    );
    expect(products).toEqual({ totalCount: skus.length, nodes: skus.map(sku => ({ sku })) });
  });

  test('can be searched within a category', async () => {
    const { products } = await ask(
      '{ products(categorySlug: "cloud-backup", search: "cloud") { nodes { sku } } }',
    );
    expect(products.nodes).toEqual([{ sku: 'CB-WORKSTATION' }, { sku: 'CB-SERVER' }]);
  });
});

describe('pages of products', () => {
  const PAGE = `query ($first: Int, $after: String, $slug: String) { products(first: $first, after: $after, categorySlug: $slug) {
    totalCount nodes { sku } edges { cursor node { sku } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const page = async (variables: object) => (await ask(PAGE, variables)).products;
  const skusOf = (list: any) => list.nodes.map((node: any) => node.sku);

  /** So many products more, in a category of their own. */
  const many = async (count: number) => {
    const [one] = await gateway.app.deps.db.many(Product, 'WHERE t.sku = ?', ['CB-SERVER']);
    const skus = Array.from({ length: count }, (_, n) => `MANY-${String(n).padStart(3, '0')}`);
    await catalog.change(async tx => {
      await tx.insert(Category, [{ id: demoId('cat', 'many'), slug: 'many', name: 'Many', position: 9 }]);
      await tx.insert(
        Product,
        skus.map((sku, position) => ({
          ...one,
          id: demoId('prod', sku),
          sku,
          slug: sku.toLowerCase(),
          categoryId: demoId('cat', 'many'),
          position,
        })),
      );
      await tx.insert(ListedPrice, [
        {
          priceListId: demoId('pl', 'public'),
          itemId: demoId('prod', 'MANY-000'),
          billingCycle: BillingCycle.MONTHLY,
          unitMinor: 1,
        },
      ]);
    });
    return skus;
  };

  test('contain every product once, in order, with correct page info', async () => {
    const whole = await page({ first: 100 });
    expect(whole.totalCount).toBe(5);
    const seen: string[] = [];
    let after: string | null = null;
    for (const [size, more] of [
      [2, true],
      [2, true],
      [1, false],
    ] as const) {
      const part: any = await page({ first: 2, after });
      expect(part.nodes).toHaveLength(size);
      expect(part.edges.map((edge: any) => edge.node)).toEqual(part.nodes);
      expect(part.pageInfo).toEqual({
        hasNextPage: more,
        hasPreviousPage: after !== null,
        startCursor: part.edges[0].cursor,
        endCursor: part.edges.at(-1).cursor,
      });
      expect(part.totalCount).toBe(5);
      seen.push(...skusOf(part));
      after = part.pageInfo.endCursor;
    }
    expect(seen).toEqual(skusOf(whole));
    expect(await page({ first: 2, after })).toEqual({
      totalCount: 5,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  test('resume after any product', async () => {
    const whole = await page({});
    for (const [index, edge] of whole.edges.entries()) {
      expect(skusOf(await page({ after: edge.cursor }))).toEqual(skusOf(whole).slice(index + 1));
    }
  });

  test('do not shift when products before the cursor leave or products after it appear', async () => {
    const first = await page({ first: 2 });
    await catalog.unpublish('products', product('IC-BASE-1TB'));
    const rest = await page({ after: first.pageInfo.endCursor });
    expect(skusOf(rest)).toEqual(['IC-BASE-10TB', 'CB-WORKSTATION', 'CB-SERVER']);
    expect(rest.totalCount).toBe(4);
  });

  test('are empty for `first: 0`', async () => {
    expect(await page({ first: 0 })).toEqual({
      totalCount: 5,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test('have 20 products by default, and 100 at most', async () => {
    const skus = await many(101);
    expect(skusOf(await page({ slug: 'many' }))).toEqual(skus.slice(0, 20));
    const hundred = await page({ slug: 'many', first: 100 });
    expect(skusOf(hundred)).toEqual(skus.slice(0, 100));
    expect(hundred.pageInfo.hasNextPage).toBe(true);
    const last = await page({ slug: 'many', first: 100, after: hundred.pageInfo.endCursor });
    expect(skusOf(last)).toEqual(['MANY-100']);
    expect(last.pageInfo.hasNextPage).toBe(false);
  });

  test('that exceed the cost limit are rejected before any query', async () => {
    expect(await refusal(PAGE, { first: 2147483647 })).toMatchObject({
      status: 400,
      codes: ['COST_LIMIT_EXCEEDED'],
    });
  });

  test.each([101, -1])('of %i products are rejected with a message that names `first`', async first => {
    expect(await refusal(PAGE, { first })).toEqual({
      status: 200,
      codes: ['BAD_USER_INPUT'],
      message: `\`first\` must be from 0 to 100; it is ${first}.`,
    });
  });

  const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  test.each([
    ['no cursor at all', 'nonsense'],
    ['of another list', cursor('accounts', 'A', product('IC-BASE-1TB'))],
    ['of no list', cursor('products')],
    ['not of a product', cursor('products', 'prod_none')],
    ['more than a cursor', cursor('products', product('IC-BASE-1TB'), 'more')],
    ['not made of the right parts', cursor('products', 1)],
    ['made of parts of other types', cursor('products', '1', 'cat_1', '1', 'prod_1')],
    ['empty', ''],
    ['no array', Buffer.from('{}').toString('base64url')],
    ['very long', 'x'.repeat(100_000)],
  ])('after a cursor that is %s are rejected', async (_, after) => {
    expect(await refusal(PAGE, { after })).toMatchObject({ codes: ['BAD_CURSOR'] });
  });

  test.each([
    ['retired', 'IC-BASE-1TB', ['IC-BASE-5TB', 'IC-BASE-10TB', 'CB-WORKSTATION', 'CB-SERVER']],
    ['retired, at the end of its category', 'IC-BASE-10TB', ['CB-WORKSTATION', 'CB-SERVER']],
    ['retired, at the end of the list', 'CB-SERVER', []],
  ])('after a product that was %s resume at its place', async (_, sku, rest) => {
    const { edges } = await page({});
    const { cursor } = edges.find(({ node }: any) => node.sku === sku);
    await catalog.unpublish('products', product(sku));
    const behind = await page({ after: cursor });
    expect([skusOf(behind), behind.totalCount]).toEqual([rest, 4]);
    expect(behind.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: sku !== 'IC-BASE-1TB' });
  });

  test('after a product that was moved resume at its former place', async () => {
    const { edges } = await page({});
    const { cursor } = edges.find(({ node }: any) => node.sku === 'IC-BASE-5TB');
    await catalog.change(tx =>
      tx.execute('UPDATE products SET categoryId = ? WHERE sku = ?', [
        demoId('cat', 'cloud-backup'),
        'IC-BASE-5TB',
      ]),
    );
    expect(skusOf(await page({ after: cursor }))).toEqual([
      'IC-BASE-10TB',
      'CB-WORKSTATION',
      'IC-BASE-5TB',
      'CB-SERVER',
    ]);
  });

  test('of a category that became empty end', async () => {
    const { pageInfo } = await page({ slug: 'cloud-backup', first: 1 });
    for (const sku of ['CB-WORKSTATION', 'CB-SERVER']) await catalog.unpublish('products', product(sku));
    expect(await page({ slug: 'cloud-backup', after: pageInfo.endCursor })).toMatchObject({
      nodes: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    });
  });
});

describe('a retired product', () => {
  const everywhere = async (email?: string) => {
    const id = product('IC-BASE-1TB');
    return ask(
      `query ($id: ID!) { products(search: "base-1tb") { nodes { sku } } category(slug: "impossible-cloud") { products { totalCount } }
        product(id: $id) { sku } bySku: product(sku: "IC-BASE-1TB") { sku } node(id: $id) { id } }`,
      { id },
      email,
    );
  };

  test('is not in the catalog of any caller', async () => {
    expect(await everywhere()).toEqual({
      products: { nodes: [{ sku: 'IC-BASE-1TB' }] },
      category: { products: { totalCount: 3 } },
      product: { sku: 'IC-BASE-1TB' },
      bySku: { sku: 'IC-BASE-1TB' },
      node: { id: product('IC-BASE-1TB') },
    });
    await catalog.unpublish('products', product('IC-BASE-1TB'));
    for (const email of [undefined, CUSTOMER, RESELLER, 'admin@bss.example']) {
      expect(await everywhere(email)).toEqual({
        products: { nodes: [] },
        category: { products: { totalCount: 2 } },
        product: null,
        bySku: null,
        node: null,
      });
    }
  });

  test('is shown with its add-on and price in earlier orders', async () => {
    const reseller = shopper(gateway, RESELLER);
    const line = {
      productId: product('IC-BASE-1TB'),
      addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 3 }],
    };
    const { order, errors } = await reseller.order(line, accountId('Alpine Dental'));
    expect(errors).toEqual([]);
    await gateway.settled();
    await catalog.unpublish('products', product('IC-BASE-1TB'));
    await catalog.unpublish('addons', addon('IC-ADD-1TB'));
    await catalog.reprice('reseller', product('IC-BASE-1TB'), BillingCycle.MONTHLY, 99_900);
    const { data } = await reseller.send(
      `query ($id: ID!) { order(id: $id) { total { amount } lines { product { sku name } unitPrice { amount } total { amount }
        addons { addon { sku name } quantity unitPrice { amount } total { amount } }
        subscription { product { sku } addons { addon { sku } quantity } recurringTotal { amount } capacityBytes } } } }`,
      { id: order.id },
    );
    expect(data.order).toEqual({
      total: { amount: '24.40' },
      lines: [
        {
          product: { sku: 'IC-BASE-1TB', name: 'Impossible Cloud 1 TB' },
          unitPrice: { amount: '6.40' },
          total: { amount: '24.40' },
          addons: [
            {
              addon: { sku: 'IC-ADD-1TB', name: 'Impossible Cloud +1 TB' },
              quantity: 3,
              unitPrice: { amount: '6.00' },
              total: { amount: '18.00' },
            },
          ],
          subscription: {
            product: { sku: 'IC-BASE-1TB' },
            addons: [{ addon: { sku: 'IC-ADD-1TB' }, quantity: 3 }],
            recurringTotal: { amount: '24.40' },
            capacityBytes: '4000000000000',
          },
        },
      ],
    });
  });

  test('cannot be added to a basket, and blocks a basket that contains it', async () => {
    const reseller = shopper(gateway, RESELLER);
    await reseller.add({ productId: product('IC-BASE-5TB'), addons: [{ addonId: addon('IC-ADD-1TB') }] });
    await reseller.choose({ accountId: accountId('Alpine Dental') });
    const { basket } = await reseller.confirm();
    expect([basket.step, basket.problems]).toEqual(['COMPLETE', []]);
    await catalog.unpublish('addons', addon('IC-ADD-1TB'));
    await catalog.unpublish('products', product('IC-BASE-5TB'));
    const now = await reseller.basket();
    expect([now.step, now.problems.map((it: any) => [it.code, it.path])]).toEqual([
      'BASKET',
      [
        ['PRODUCT_UNAVAILABLE', ['lines', '0', 'productId']],
        ['ADDON_UNAVAILABLE', ['lines', '0', 'addons', '0', 'addonId']],
      ],
    ]);
    const refused = await reseller.checkout({ basketId: basket.id, idempotencyKey: newKey() });
    expect(refused).toMatchObject({ order: null, errors: now.problems });
    await reseller.empty();
    expect(await reseller.add({ productId: product('IC-BASE-5TB') })).toMatchObject({
      basket: null,
      errors: [{ code: 'NOT_FOUND', path: ['productId'] }],
    });
  });
});

test('the rules of a service are shown, and follow a change', async () => {
  await catalog.change(tx =>
    tx.execute('UPDATE services SET quantityLimit = 3, allowMultipleSubscriptions = 1 WHERE id = ?', [
      service('impossible-cloud-storage'),
    ]),
  );
  const { product: shown } = await ask(
    '{ product(sku: "IC-BASE-1TB") { service { quantityLimit allowMultipleSubscriptions } } }',
  );
  expect(shown.service).toEqual({ quantityLimit: 3, allowMultipleSubscriptions: true });
});
