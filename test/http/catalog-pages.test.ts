import { demoId } from '../../dev/demo-data/ids';
import { BillingCycle, Category, ListedPrice, Product } from '../../src/entities';
import { catalogWorld, product } from '../support/catalog';

const world = catalogWorld();

describe('pages of products', () => {
  const PAGE = `query ($first: Int, $after: String, $slug: String) { products(first: $first, after: $after, filter: { categorySlug: $slug }) {
    totalCount nodes { sku } edges { cursor node { sku } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const page = async (variables: object) => (await world.read.ask(PAGE, variables)).products;
  const skusOf = (list: any) => list.nodes.map((node: any) => node.sku);

  /** Inserts `count` products into a category of their own. */
  const many = async (count: number) => {
    const [one] = await world.gateway.app.deps.db.many(Product, 'WHERE t.sku = ?', ['CB-SERVER']);
    const skus = Array.from({ length: count }, (_, n) => `MANY-${String(n).padStart(3, '0')}`);
    await world.catalog.change(async tx => {
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
    await world.catalog.unpublish('products', product('IC-BASE-1TB'));
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
    expect(await world.read.refusal(PAGE, { first: 2147483647 })).toMatchObject({
      status: 400,
      codes: ['COST_LIMIT_EXCEEDED'],
    });
  });

  test.each([101, -1])('of %i products are rejected with a message that names `first`', async first => {
    expect(await world.read.refusal(PAGE, { first })).toEqual({
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
    expect(await world.read.refusal(PAGE, { after })).toMatchObject({ codes: ['BAD_CURSOR'] });
  });

  test.each([
    ['retired', 'IC-BASE-1TB', ['IC-BASE-5TB', 'IC-BASE-10TB', 'CB-WORKSTATION', 'CB-SERVER']],
    ['retired, at the end of its category', 'IC-BASE-10TB', ['CB-WORKSTATION', 'CB-SERVER']],
    ['retired, at the end of the list', 'CB-SERVER', []],
  ])('after a product that was %s resume at its place', async (_, sku, rest) => {
    const { edges } = await page({});
    const { cursor } = edges.find(({ node }: any) => node.sku === sku);
    await world.catalog.unpublish('products', product(sku));
    const behind = await page({ after: cursor });
    expect([skusOf(behind), behind.totalCount]).toEqual([rest, 4]);
    expect(behind.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: sku !== 'IC-BASE-1TB' });
  });

  test('after a product that was moved resume at its former place', async () => {
    const { edges } = await page({});
    const { cursor } = edges.find(({ node }: any) => node.sku === 'IC-BASE-5TB');
    await world.catalog.change(tx =>
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

  test('of a category that became empty are empty after a cursor', async () => {
    const { pageInfo } = await page({ slug: 'cloud-backup', first: 1 });
    for (const sku of ['CB-WORKSTATION', 'CB-SERVER'])
      await world.catalog.unpublish('products', product(sku));
    expect(await page({ slug: 'cloud-backup', after: pageInfo.endCursor })).toMatchObject({
      nodes: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    });
  });
});
