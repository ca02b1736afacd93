import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { writeMissingTerms } from '../../src/store';
import { type BackOffice, startBackOffice } from '../support/back-office';
import type { TestGateway } from '../support/gateway';
import { fill, insertCustomers } from '../support/many';

let office: BackOffice;
let gateway: TestGateway;
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway } = office);
  const customers = await insertCustomers(
    gateway,
    Array.from({ length: 20 }, (_, index) => `Filtered ${index}`),
  );
  await fill(gateway, 'done', customers.slice(0, 12));
  await fill(gateway, 'waiting', customers.slice(12));
  const rows = await gateway.rows<{ id: string; orderId: string }>(
    'SELECT id, orderId FROM subscriptions ORDER BY id',
  );
  const day = (index: number) => new Date(Date.UTC(2026, 0, 1 + index));
  for (const [index, { id, orderId }] of rows.entries()) {
    await gateway.rows(
      `UPDATE subscriptions SET createdAt = ?, friendlyName = ?, currentPeriodEnd = ?, externalId = ?,
         state = ?, syncState = ? WHERE id = ?`,
      [
        day(index % 5),
        `Name ${index % 4}`,
        index % 3 === 0 ? null : day(20 + (index % 3)),
        index === 7 ? 'ext-7' : null,
        index % 2 === 0 ? 'ACTIVE' : 'CANCELLED',
        index % 4 === 0 ? 'FAILED' : 'SYNCED',
        id,
      ],
    );
    await gateway.rows('UPDATE orders SET placedAt = ?, state = ?, source = ? WHERE id = ?', [
      day(index % 5),
      index % 2 === 0 ? 'COMPLETED' : 'FAILED',
      index % 3 === 0 ? 'BSS' : 'STOREFRONT',
      orderId,
    ]);
  }
  await gateway.rows("DELETE FROM search_terms WHERE kind = 'sub'");
  await writeMissingTerms(gateway.app.deps.db);
}, 60_000);
afterAll(() => office.stop());

const admin = async (query: string, variables: object) => {
  const { data, errors } = await gateway.send(await gateway.token('admin@bss.example'), query, variables);
  expect(errors).toBeUndefined();
  return data;
};

const TYPES: Record<string, string> = {
  accounts: 'Account',
  orders: 'Order',
  subscriptions: 'CloudSubscription',
};

/** Ids of a whole list, read in pages of five, forwards or backwards. */
async function idsOf(field: string, variables: object, backward = false): Promise<string[]> {
  const type = TYPES[field];
  const query = `query ($filter: ${type}Filter, $sort: ${type}Sort, $first: Int, $after: String, $last: Int, $before: String) {
    ${field}(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
      nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const ids: string[] = [];
  let page: object = backward ? { last: 5 } : { first: 5 };
  for (;;) {
    const { nodes, pageInfo } = (await admin(query, { ...variables, ...page }))[field];
    const found = nodes.map(({ id }: any) => id);
    if (backward) ids.unshift(...found);
    else ids.push(...found);
    if (!(backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return ids;
    page = backward ? { last: 5, before: pageInfo.startCursor } : { first: 5, after: pageInfo.endCursor };
  }
}

const stored = async (table: string, where: string, values: unknown[], order: string): Promise<string[]> => {
  const sql = `SELECT id FROM ${table} WHERE ${where} ORDER BY ${order}`;
  return (await gateway.rows<{ id: string }>(sql, values as never)).map(({ id }) => id);
};

const STORAGE = demoId('prod', 'IC-BASE-1TB');
const SERVICE = demoId('svc', 'impossible-cloud-storage');
const from = '2026-01-02T00:00:00.000Z';
const until = '2026-01-04T00:00:00.000Z';
const period = [new Date(from), new Date(until)];
const manager = demoId('usr', 'manager@bss.example');

test.each<[string, string, object, string, unknown[]]>([
  ['subscriptions', 'states', { states: ['ACTIVE'] }, "state = 'ACTIVE'", []],
  ['subscriptions', 'syncStates', { syncStates: ['FAILED'] }, "syncState = 'FAILED'", []],
  [
    'subscriptions',
    'resellerId',
    { resellerId: accountId('Skyline IT') },
    'resellerId = ?',
    [accountId('Skyline IT')],
  ],
  ['subscriptions', 'productId', { productId: STORAGE }, 'productId = ?', [STORAGE]],
  ['subscriptions', 'serviceId', { serviceId: SERVICE }, 'serviceId = ?', [SERVICE]],
  ['subscriptions', 'externalId', { externalId: 'ext-7' }, "externalId = 'ext-7'", []],
  ['subscriptions', 'part of externalId', { externalId: 'ext' }, 'FALSE', []],
  ['subscriptions', 'createdAt', { createdAt: { from, until } }, 'createdAt >= ? AND createdAt < ?', period],
  ['subscriptions', 'createdAt.from', { createdAt: { from } }, 'createdAt >= ?', [period[0]]],
  [
    'subscriptions',
    'two at once',
    { states: ['ACTIVE'], syncStates: ['FAILED'] },
    "state = 'ACTIVE' AND syncState = 'FAILED'",
    [],
  ],
  ['orders', 'states', { states: ['FAILED'] }, "state = 'FAILED'", []],
  ['orders', 'no state', { states: [] }, 'FALSE', []],
  ['orders', 'source', { source: 'BSS' }, "source = 'BSS'", []],
  [
    'orders',
    'resellerId',
    { resellerId: accountId('Skyline IT') },
    'resellerId = ?',
    [accountId('Skyline IT')],
  ],
  ['orders', 'placedById', { placedById: manager }, 'placedById = ?', [manager]],
  [
    'orders',
    'productId',
    { productId: STORAGE },
    'id IN (SELECT orderId FROM order_lines WHERE productId = ?)',
    [STORAGE],
  ],
  ['orders', 'placedAt', { placedAt: { from, until } }, 'placedAt >= ? AND placedAt < ?', period],
])('%s are filtered by %s', async (field, _, filter, where, values) => {
  const order = field === 'orders' ? 'placedAt DESC, id DESC' : 'createdAt DESC, id DESC';
  expect(await idsOf(field, { filter })).toEqual(await stored(field, where, values, order));
});

test('orders are found by the start of their number, and by no other part of it', async () => {
  const rows = (await gateway.rows('SELECT id, serial FROM orders ORDER BY placedAt DESC, id DESC')) as any[];
  const padded = ({ serial }: any) => String(serial).padStart(6, '0');
  const starting = (start: string) => rows.filter(row => padded(row).startsWith(start)).map(({ id }) => id);
  const found = (search: string) => idsOf('orders', { filter: { search } });
  expect(starting('0000').length).toBe(20);
  for (const start of ['0000', '00001', 'ord-2026-00001']) {
    expect(await found(start)).toEqual(starting(start.replace('ord-2026-', '')));
  }
  const [newest] = rows;
  expect(await found(String(newest.serial))).toContain(newest.id);
  expect((await found('ORD-2026')).length).toBe(20);
  expect([await found('ORD-2025-0000'), await found('9999999999'), await found('12345678901')]).toEqual([
    [],
    [],
    [],
  ]);
});

test('orders are found by number and recipient, and subscriptions by every text about them', async () => {
  const [{ id, placedAt, serial }] = (await gateway.rows(
    "SELECT orders.id, placedAt, serial FROM orders JOIN accounts ON accounts.id = recipientId WHERE name = 'Filtered 11'",
  )) as any;
  const number = `ORD-${placedAt.getUTCFullYear()}-${String(serial).padStart(6, '0')}`;
  for (const search of [number, number.toLowerCase(), 'filtered 11', 'CUSTOMER-11@many'])
    expect(await idsOf('orders', { filter: { search } })).toEqual([id]);
  expect(await idsOf('orders', { filter: { search: 'nobody' } })).toEqual([]);
  const [own] = await stored('subscriptions', 'orderId = ?', [id], 'id');
  for (const search of ['filtered 11', 'customer-11@many'])
    expect(await idsOf('subscriptions', { filter: { search } })).toEqual([own]);
  const found = async (search: string) => (await idsOf('subscriptions', { filter: { search } })).length;
  expect([await found('EXT-7'), await found('ic-base-1tb'), await found('name 2')]).toEqual([1, 12, 3]);
});

test.each<[string, string, string]>([
  ['subscriptions', 'CREATED_AT', 'createdAt'],
  ['subscriptions', 'FRIENDLY_NAME', 'friendlyName'],
  ['subscriptions', 'CURRENT_PERIOD_END', 'currentPeriodEnd'],
  ['orders', 'PLACED_AT', 'placedAt'],
  ['orders', 'NUMBER', 'serial'],
  ['accounts', 'NAME', 'name'],
  ['accounts', 'CREATED_AT', 'id'],
])('%s are sorted by %s, in both directions, and read from both ends', async (field, sort, column) => {
  for (const direction of ['ASC', 'DESC']) {
    const variables = { sort: { field: sort, direction } };
    const all = await stored(field, 'TRUE', [], `${column} ${direction}, id ${direction}`);
    expect(await idsOf(field, variables)).toEqual(all);
    expect(await idsOf(field, variables, true)).toEqual(all);
  }
});

test('a cursor of one sort order is refused by another', async () => {
  const query = `query ($sort: OrderSort, $after: String) {
    orders(first: 1, sort: $sort, after: $after) { pageInfo { endCursor } } }`;
  const { orders } = await admin(query, { sort: { field: 'NUMBER' } });
  const { errors } = await gateway.send(await gateway.token('admin@bss.example'), query, {
    after: orders.pageInfo.endCursor,
  });
  expect(errors?.[0]?.extensions?.code).toBe('BAD_CURSOR');
});

test.each([
  ['orders(first: 1, last: 1)', 'Set either `first` or `last`.'],
  ['products(last: 101)', '`last` must be from 0 to 100; it is 101.'],
  ['orders(last: -1)', '`last` must be from 0 to 100; it is -1.'],
])('%s is refused', async (field, message) => {
  const token = await gateway.token('admin@bss.example');
  const { errors } = await gateway.send(token, `{ ${field} { nodes { id } } }`);
  expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('a page between two cursors has the items between them', async () => {
  const all = await stored('orders', 'TRUE', [], 'placedAt DESC, id DESC');
  const { orders } = await admin('{ orders(first: 6) { edges { cursor node { id } } } }', {});
  const query = `query ($after: String, $before: String) {
    orders(after: $after, before: $before) { nodes { id } pageInfo { hasPreviousPage } } }`;
  const { orders: between } = await admin(query, {
    after: orders.edges[0].cursor,
    before: orders.edges[4].cursor,
  });
  expect(between).toEqual({
    nodes: all.slice(1, 4).map(id => ({ id })),
    pageInfo: { hasPreviousPage: true },
  });
});

test('products are read from both ends, and filtered by service', async () => {
  const all = (await admin('{ products(first: 100) { nodes { sku } } }', {})).products.nodes;
  const { products } = await admin('{ products(last: 2) { nodes { sku } pageInfo { startCursor } } }', {});
  expect(products.nodes).toEqual(all.slice(-2));
  const query = 'query ($before: String) { products(last: 2, before: $before) { nodes { sku } } }';
  const { products: earlier } = await admin(query, { before: products.pageInfo.startCursor });
  expect(earlier.nodes).toEqual(all.slice(-4, -2));
  const { services } = await admin('{ services { id products { nodes { sku } } provider { name } } }', {});
  for (const { id, products: own } of services) {
    const filtered = 'query ($id: ID) { products(filter: { serviceId: $id }) { nodes { sku } } }';
    expect((await admin(filtered, { id })).products).toEqual(own);
  }
  const { providers } = await admin('{ providers { name services { id } } }', {});
  expect(providers.flatMap((provider: any) => provider.services).length).toBe(services.length);
});

test('the orders and users of an account are its own', async () => {
  const query = `query ($id: ID!) { account(id: $id) { createdAt users { nodes { email } totalCount }
    orders(first: 2) { nodes { id } totalCount } } }`;
  const [{ recipientId: id }] = (await gateway.rows<{ recipientId: string }>(
    'SELECT recipientId FROM orders ORDER BY placedAt DESC, id DESC LIMIT 1',
  )) as [{ recipientId: string }];
  const own = await stored('orders', 'recipientId = ?', [id], 'placedAt DESC, id DESC');
  const { account } = await admin(query, { id });
  expect(account.orders).toEqual({
    nodes: own.slice(0, 2).map(order => ({ id: order })),
    totalCount: own.length,
  });
  const { account: contoso } = await admin(query, { id: accountId('Contoso') });
  expect(contoso.createdAt).toBe('2026-01-01T00:00:00.000Z');
  expect(contoso.users).toEqual({ nodes: [{ email: 'buyer@contoso.example' }], totalCount: 1 });
});
