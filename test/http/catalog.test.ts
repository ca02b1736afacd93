import { demoId } from '../../dev/demo-data/ids';
import { BillingCycle } from '../../src/entities';
import { addon, catalogWorld, product, service } from '../support/catalog';
import { RESELLER } from '../support/demo';

const world = catalogWorld();

const CUSTOMER = 'buyer@northwind.example';

describe('prices', () => {
  const PRICES = `{ products { nodes { sku prices { billingCycle unitPrice { amount currency } }
    addons { sku prices { billingCycle unitPrice { amount currency } } } } } }`;
  const table = async (email?: string) => {
    const { products } = await world.read.ask(PRICES, {}, email);
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
    await world.catalog.change(tx =>
      tx.execute('DELETE FROM prices WHERE priceListId = ? AND itemId = ?', [
        demoId('pl', 'reseller'),
        product('IC-BASE-1TB'),
      ]),
    );
    expect(await table(RESELLER)).toEqual({ ...resellerPrices, 'IC-BASE-1TB': publicPrices['IC-BASE-1TB'] });
  });

  test('change without a restart, and only on the changed list', async () => {
    await world.catalog.reprice('public', product('IC-BASE-1TB'), BillingCycle.MONTHLY, 999);
    expect(await table()).toEqual({ ...publicPrices, 'IC-BASE-1TB': ['MONTHLY 9.99', 'ANNUALLY 80.00'] });
    expect(await table(RESELLER)).toEqual(resellerPrices);
    await world.catalog.reprice('reseller', addon('IC-ADD-1TB'), BillingCycle.ANNUALLY, 1);
    expect(await table(RESELLER)).toEqual({
      ...resellerPrices,
      'IC-ADD-1TB': ['MONTHLY 6.00', 'ANNUALLY 0.01'],
    });
  });

  test('in another currency have no fallback to the public list', async () => {
    await world.catalog.change(async tx => {
      await tx.execute('UPDATE price_lists SET currency = ? WHERE code = ?', ['JPY', 'reseller']);
      await tx.execute('DELETE FROM prices WHERE priceListId = ? AND itemId <> ?', [
        demoId('pl', 'reseller'),
        product('IC-BASE-1TB'),
      ]);
    });
    const { products } = await world.read.ask(
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
      await world.read.ask(`{ categories { id slug name description parent { slug } children { slug }
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
    const bySku = await world.read.ask(`{ product(sku: "IC-BASE-10TB") { ${fields} } }`);
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
    const byId = await world.read.ask(
      `query ($id: ID!) { product(id: $id) { ${fields} } node(id: $id) { ... on Product { ${fields} } } }`,
      {
        id: product('IC-BASE-10TB'),
      },
    );
    expect(byId).toEqual({ product: bySku.product, node: bySku.product });
  });

  test('returns null for unknown slugs and SKUs', async () => {
    expect(
      await world.read.ask(`{ product(sku: "none") { id } category(slug: "none") { id } node(id: "prod_none") { id }
        byId: product(id: "💥") { id } neither: product { id } products(filter: { categorySlug: "none" }) { totalCount nodes { sku } } }`),
    ).toEqual({
      product: null,
      category: null,
      node: null,
      byId: null,
      neither: null,
      products: { totalCount: 0, nodes: [] },
    });
  });

  test('lists the products of a category with those of its descendants; the category shows only its own', async () => {
    await world.catalog.change(tx =>
      tx.execute('UPDATE categories SET parentId = ? WHERE slug = ?', [
        demoId('cat', 'impossible-cloud'),
        'cloud-backup',
      ]),
    );
    const data =
      await world.read.ask(`{ categories { slug children { slug parent { slug } products { totalCount } } products { totalCount } }
      products(filter: { categorySlug: "impossible-cloud" }) { totalCount } below: products(filter: { categorySlug: "cloud-backup" }) { totalCount } }`);
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
    const { products } = await world.read.ask(
      'query ($search: String) { products(filter: { search: $search }) { totalCount nodes { sku } } }',
      { search },
    );
    expect(products).toEqual({ totalCount: skus.length, nodes: skus.map(sku => ({ sku })) });
  });

  test('can be searched within a category', async () => {
    const { products } = await world.read.ask(
      '{ products(filter: { categorySlug: "cloud-backup", search: "cloud" }) { nodes { sku } } }',
    );
    expect(products.nodes).toEqual([{ sku: 'CB-WORKSTATION' }, { sku: 'CB-SERVER' }]);
  });
});

test('the rules of a service are shown, and follow a change', async () => {
  await world.catalog.change(tx =>
    tx.execute('UPDATE services SET quantityLimit = 3, allowMultipleSubscriptions = 1 WHERE id = ?', [
      service('impossible-cloud-storage'),
    ]),
  );
  const { product: shown } = await world.read.ask(
    '{ product(sku: "IC-BASE-1TB") { service { quantityLimit allowMultipleSubscriptions } } }',
  );
  expect(shown.service).toEqual({ quantityLimit: 3, allowMultipleSubscriptions: true });
});
