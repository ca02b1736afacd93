import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountId } from '../../dev/demo-data';
import { type BackOffice, type Person, startBackOffice, tally } from '../support/back-office';
import type { TestGateway } from '../support/gateway';
import { fill, insertCustomers, type Kind, kinds } from '../support/many';
import { usualSecurity } from '../support/security';
import { statementsOf } from '../support/statements';

jest.setTimeout(60_000);

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
/** 120 end customers of Skyline; many of one name, and some whose names are patterns. */
let customers: string[];

const SPECIAL = ['100 % off', '100 x off', 'under_score', 'underXscore', 'back\\slash', 'back/slash'];

beforeAll(async () => {
  // Pages of a hundred with everything beneath cost more than a client may spend.
  office = await startBackOffice({}, { security: usualSecurity({ COST_PER_OPERATION: '1000000' }) });
  ({ gateway, who } = office);
  const names = Array.from({ length: 120 }, (_, index) => SPECIAL[index] ?? `Twin ${index % 10}`);
  customers = await insertCustomers(gateway, names);
  // Signing in is no part of what a page costs.
  await gateway.token('manager@bss.example');
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

/** The documents that clients send, by the name of their operation. */
const documents = new Map(
  readdirSync(join(__dirname, '../../schema/operations')).map(file => {
    const text = readFileSync(join(__dirname, '../../schema/operations', file), 'utf8');
    return [/^(?:query|mutation|subscription) (\w+)/m.exec(text)?.[1] ?? file, text] as const;
  }),
);

async function send(person: Person, query: string, variables: object = {}) {
  const { data, errors } = await person.send(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

/** Every list, how it is asked for, and the rows that its viewer may see, in order. */
const lists = [
  { field: 'orders', table: 'orders', where: `resellerId = ?`, order: 'id DESC' },
  { field: 'subscriptions', table: 'subscriptions', where: `resellerId = ?`, order: 'id DESC' },
  {
    field: 'cancellationRequests',
    table: 'cancellation_requests',
    where: `resellerId = ?`,
    order: 'id DESC',
  },
  { field: 'accounts', table: 'accounts', where: `resellerId = ? OR id = ?`, order: 'name, id' },
];

describe.each(lists)('the list of $field', ({ field, table, where, order }) => {
  const query = `query ($first: Int, $after: String) { ${field}(first: $first, after: $after) {
    edges { cursor node { id } } nodes { id } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const expected = async () => {
    const skyline = accountId('Skyline IT');
    const sql = `SELECT id FROM ${table} WHERE ${where} ORDER BY ${order}`;
    return (await gateway.rows(sql, [skyline, skyline])).map(row => row.id);
  };
  const page = async (variables: object) => (await send(who.reseller, query, variables))[field];

  test.each([1, 7, 20, 62, 100])('is read exactly in pages of %i', async first => {
    await fill(gateway, 'done', customers);
    const all = await expected();
    expect(all.length).toBe(field === 'accounts' ? 125 : 120);
    const read: string[] = [];
    for (let after: string | null = null; ; ) {
      const { edges, nodes, totalCount, pageInfo }: any = await page({ first, after });
      const here = all.slice(read.length, read.length + first);
      expect(nodes.map((node: any) => node.id)).toEqual(here);
      expect(edges.map((edge: any) => edge.node.id)).toEqual(here);
      expect(totalCount).toBe(all.length);
      expect(pageInfo).toEqual({
        hasNextPage: read.length + first < all.length,
        hasPreviousPage: read.length > 0,
        startCursor: edges[0].cursor,
        endCursor: edges.at(-1).cursor,
      });
      read.push(...here);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(read).toEqual(all);
  });

  test('resumes after a cursor although rows before it have changed', async () => {
    const [first, ...others] = customers;
    await fill(gateway, 'done', others);
    const before = await expected();
    const { pageInfo } = await page({ first: 20 });
    const late = await insertLate(field, first ?? '');
    expect(await expected()).not.toEqual(before);
    const next = await page({ first: 20, after: pageInfo.endCursor });
    expect(next.nodes.map((node: any) => node.id)).toEqual(before.slice(20, 40));
    if (late) await gateway.rows('DELETE FROM accounts WHERE id = ?', [late]);
  });

  test('has 20 items by default, and rejects more than 100 and foreign cursors', async () => {
    await fill(gateway, 'done', customers);
    expect((await page({})).nodes.length).toBe(20);
    expect(await page({ first: 0 })).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: true, startCursor: null, endCursor: null },
    });
    const foreign = field === 'orders' ? 'subscriptions' : 'orders';
    const { data } = await who.reseller.send(`{ ${foreign}(first: 1) { pageInfo { endCursor } } }`);
    const wrong: [object, string][] = [
      [{ first: 101 }, 'BAD_USER_INPUT'],
      [{ first: -1 }, 'BAD_USER_INPUT'],
      [{ after: 'nonsense' }, 'BAD_CURSOR'],
      [{ after: data[foreign].pageInfo.endCursor }, 'BAD_CURSOR'],
    ];
    for (const [variables, code] of wrong) {
      const { errors } = await who.reseller.send(query, variables);
      expect(errors?.map(error => error.extensions.code)).toEqual([code]);
    }
  });

  test('neither lists nor counts rows of another tenant', async () => {
    await fill(gateway, 'done', customers);
    for (const stranger of [who.otherManager, who.otherReseller]) {
      const { nodes, totalCount } = (await send(stranger, query, { first: 100 }))[field];
      const all = await expected();
      expect(nodes.filter((node: any) => all.includes(node.id))).toEqual([]);
      expect(totalCount).toBe(field === 'accounts' ? 3 : 0);
    }
    expect((await send(who.admin, query, { first: 1 }))[field].totalCount).toBe(
      field === 'accounts' ? 130 : 120,
    );
  });
});

/** A row that comes before all others of its list; resolves to its id where somebody has to take it away again. */
async function insertLate(field: string, customer: string): Promise<string | undefined> {
  if (field !== 'accounts') {
    await fill(gateway, 'done', [customer]);
    return undefined;
  }
  const id = 'acc_late';
  await gateway.rows(
    `INSERT INTO accounts (id, kind, name, email, resellerId, billing)
     SELECT ?, kind, '0 first', 'first@many.example', resellerId, billing FROM accounts WHERE id = ?`,
    [id, customer],
  );
  return id;
}

describe('filters', () => {
  const count = async (person: Person, field: string, args: string) =>
    (await send(person, `{ ${field}(${args} first: 0) { totalCount } }`))[field].totalCount;

  test('of orders: states, recipient and source, combined', async () => {
    for (const [index, kind] of kinds.entries()) {
      await fill(gateway, kind, customers.slice(index * 10, index * 10 + index + 1));
    }
    const orders = (filter: string) => count(who.manager, 'orders', `filter: { ${filter} }`);
    expect(await orders('')).toBe(15);
    expect(await orders('states: [SUBMITTED]')).toBe(6);
    expect(await orders('states: [FAILED, COMPLETED]')).toBe(9);
    expect(await orders('states: []')).toBe(0);
    expect(await orders('source: BSS')).toBe(6);
    expect(await orders('source: BSS, states: [COMPLETED]')).toBe(0);
    expect(await orders(`recipientId: "${customers[0]}"`)).toBe(1);
    expect(await orders(`recipientId: "${customers[0]}", states: [FAILED]`)).toBe(0);
    expect(await orders('recipientId: "acc_never"')).toBe(0);
    expect(await count(who.otherManager, 'orders', `filter: { recipientId: "${customers[0]}" }`)).toBe(0);
  });

  test('of subscriptions: states, sync states, account and name', async () => {
    await fill(gateway, 'done', customers.slice(0, 7));
    await fill(gateway, 'failed', customers.slice(7, 12));
    for (const [index, name] of SPECIAL.entries()) {
      await gateway.rows('UPDATE subscriptions SET friendlyName = ? WHERE accountId = ?', [
        name,
        customers[index],
      ]);
    }
    const subscriptions = (filter: string) => count(who.reseller, 'subscriptions', `filter: { ${filter} }`);
    expect(await subscriptions('states: [ACTIVE]')).toBe(7);
    expect(await subscriptions('states: [ACTIVE, PENDING]')).toBe(12);
    expect(await subscriptions('syncStates: [FAILED]')).toBe(5);
    expect(await subscriptions('syncStates: [FAILED], states: [ACTIVE]')).toBe(0);
    expect(await subscriptions(`accountId: "${customers[3]}"`)).toBe(1);
    expect(await subscriptions('search: "STOR"')).toBe(12);
    expect(await subscriptions('search: "%"')).toBe(0);
    expect(await subscriptions('search: "  "')).toBe(12);
  });

  test('of cancellation requests: states', async () => {
    await fill(gateway, 'done', customers.slice(0, 9));
    await gateway.rows(`UPDATE cancellation_requests SET state = 'REJECTED' ORDER BY id LIMIT 4`);
    const requests = (states: string) =>
      count(who.manager, 'cancellationRequests', `filter: { states: ${states} }`);
    expect(await requests('[PENDING]')).toBe(5);
    expect(await requests('[REJECTED, WITHDRAWN]')).toBe(4);
    expect(await requests('[]')).toBe(0);
    expect(await requests('null')).toBe(9);
  });

  test.each([
    ['%', 0],
    ['100 % off', 2],
    ['score', 1],
    ['UNDER score', 1],
    ['under_sc', 1],
    ['back\\\\slash', 2],
    ['Twin 7', 21],
    ['twin', 114],
    ['win', 0],
    ['skyline it', 1],
    [' Skyline ', 2],
    ['nobody', 0],
    ["' OR 1 = 1 --", 0],
  ])('of accounts: the text %s finds %i', async (search, found) => {
    expect(await count(who.reseller, 'accounts', `filter: { search: "${search}" }`)).toBe(found);
  });

  test('of accounts: the kind', async () => {
    expect(await count(who.reseller, 'accounts', 'filter: { kinds: [RESELLER] }')).toBe(1);
    expect(await count(who.reseller, 'accounts', 'filter: { kinds: [AFFILIATE] }')).toBe(1);
    expect(await count(who.reseller, 'accounts', 'filter: { kinds: [CUSTOMER] }')).toBe(123);
    expect(await count(who.manager, 'accounts', 'filter: { kinds: [CUSTOMER], search: "northwind" }')).toBe(
      1,
    );
  });
});

/** Pages with everything in them that a back office shows. */
const EVERYTHING = {
  orders: `query ($first: Int) { orders(first: $first) { nodes {
    id number state recipient { name accountManager { name } reseller { name } } reseller { name } placedBy { name }
    executedBy { name account { name } } billing { company } total { amount }
    lines { product { sku service { code } } addons { addon { sku } total { amount } } total { amount }
      subscription { id state account { name } } }
    operations { state progress steps { name state error { code } } subscription { id order { id } } order { id } }
    availableActions { action allowed blockedBy { code message
      ... on ActiveSubscriptionExistsError { subscription { id state } }
      ... on CancellationAlreadyRequestedError { request { id } } } } } } }`,
  subscriptions: `query ($first: Int) { subscriptions(first: $first) { nodes {
    id state account { name reseller { name } } reseller { name } product { sku } addons { addon { sku } quantity }
    recurringTotal { amount } currentPeriodEnd order { number lines { id } }
    operations { state progress steps { name error { message } } order { id } }
    cancellationRequest { id requestedBy { name } decidedBy { name } }
    availableActions { action allowed blockedBy { code
      ... on CancellationAlreadyRequestedError { request { id reason } } } } } } }`,
  charges: `query ($first: Int) { subscriptions(first: $first) { nodes { id
    charges(first: 5) { totalCount totals { count account { name } amount { amount } } nodes { seq account { name } order { id } } } } } }`,
  cancellationRequests: `query ($first: Int) { cancellationRequests(first: $first) { nodes {
    id state reason requestedBy { name account { name } } decidedBy { name }
    subscription { friendlyName account { name } product { sku } addons { quantity }
      availableActions { action allowed blockedBy { code } } } } } }`,
  accounts: `query ($first: Int, $search: String) { accounts(first: $first, filter: { search: $search }) { nodes {
    id name reseller { name accountManager { name } } accountManager { name } serviceAccounts { state service { code } }
    subscriptions(first: 5, filter: { states: [ACTIVE, PENDING] }) { nodes { id addons { quantity } } totalCount
      pageInfo { hasNextPage } } } } }`,
  // Each kind of row is asked for in one place, so that the count does not depend on which answer comes first.
  mixedOrders: `query ($first: Int) { orders(first: $first) { nodes {
    id state recipient { name } lines { product { sku } } operations { state steps { state } }
    availableActions { action allowed blockedBy { code
      ... on ActiveSubscriptionExistsError { subscription { id state } } } } } } }`,
  accountsWithCount: 'query ($first: Int) { accounts(first: $first) { totalCount nodes { id } } }',
  accountsWithout: 'query ($first: Int) { accounts(first: $first) { nodes { id } } }',
  ordersWithCount: 'query ($first: Int) { orders(first: $first) { totalCount nodes { id } } }',
  ordersWithout: 'query ($first: Int) { orders(first: $first) { nodes { id } } }',
};

/** The statement that every list of an account manager begins with: which accounts are its own. */
const MANAGED = 1;

describe('a page needs the same number of statements for 1, 20 and 100 rows', () => {
  const cases: { name: string; document: string | undefined; kind: Kind; statements: number }[] = [
    { name: 'Orders', document: documents.get('Orders'), kind: 'done', statements: 4 },
    { name: 'Subscriptions', document: documents.get('Subscriptions'), kind: 'done', statements: 6 },
    {
      name: 'CancellationRequests',
      document: documents.get('CancellationRequests'),
      kind: 'done',
      statements: 4,
    },
    { name: 'Accounts', document: documents.get('Accounts'), kind: 'done', statements: 4 },
    { name: 'orders', document: EVERYTHING.orders, kind: 'waiting', statements: 8 },
    { name: 'orders', document: EVERYTHING.orders, kind: 'blocked', statements: 9 },
    { name: 'orders', document: EVERYTHING.orders, kind: 'adding', statements: 11 },
    { name: 'orders', document: EVERYTHING.orders, kind: 'failed', statements: 13 },
    { name: 'orders', document: EVERYTHING.orders, kind: 'done', statements: 10 },
    { name: 'subscriptions', document: EVERYTHING.subscriptions, kind: 'failed', statements: 11 },
    { name: 'subscriptions', document: EVERYTHING.subscriptions, kind: 'done', statements: 13 },
    { name: 'charges of subscriptions', document: EVERYTHING.charges, kind: 'done', statements: 4 },
    { name: 'requests', document: EVERYTHING.cancellationRequests, kind: 'done', statements: 9 },
    { name: 'accounts', document: EVERYTHING.accounts, kind: 'done', statements: 8 },
    {
      name: 'accounts with their count',
      document: EVERYTHING.accountsWithCount,
      kind: 'done',
      statements: 2,
    },
    { name: 'accounts without it', document: EVERYTHING.accountsWithout, kind: 'done', statements: 1 },
    { name: 'orders with their count', document: EVERYTHING.ordersWithCount, kind: 'done', statements: 2 },
    { name: 'orders without it', document: EVERYTHING.ordersWithout, kind: 'done', statements: 1 },
  ];

  test.each(cases)('$name, each $kind: $statements', async ({ document = '', kind, statements }) => {
    await fill(gateway, kind, customers);
    const cost: number[] = [];
    for (const first of [1, 20, 100]) {
      cost.push(
        await statementsOf(gateway, async () => {
          const [page] = Object.values(
            await send(who.manager, document, {
              first,
              search: 'Twin',
              ...(/AccountFilter|OrderFilter/.test(document) && { filter: { search: 'Twin' } }),
            }),
          ) as any[];
          expect(page.nodes.length).toBe(first);
        }),
      );
    }
    expect(cost).toEqual(cost.map(() => statements + MANAGED));
  });

  test('a page of orders in every state, for 5, 20 and 100 rows', async () => {
    for (const [index, customer] of customers.entries()) {
      await fill(gateway, kinds[index % kinds.length] ?? 'done', [customer]);
    }
    const cost: number[] = [];
    for (const first of [5, 20, 100]) {
      cost.push(
        await statementsOf(gateway, async () => {
          const { orders } = await send(who.manager, EVERYTHING.mixedOrders, { first });
          expect(tally(orders.nodes.map((node: any) => node.state))).toEqual({
            SUBMITTED: (3 * first) / 5,
            FAILED: first / 5,
            COMPLETED: first / 5,
          });
        }),
      );
    }
    expect(cost).toEqual(cost.map(() => 15 + MANAGED));
  });

  test('objects by ids: 1, 20 and 100 of three kinds', async () => {
    await fill(gateway, 'done', customers);
    const tables = ['orders', 'subscriptions', 'cancellation_requests'];
    const ids: string[] = [];
    for (const table of tables) {
      ids.push(...(await gateway.rows(`SELECT id FROM ${table} ORDER BY id LIMIT 33`)).map(row => row.id));
    }
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const cost: number[] = [];
    for (const some of [ids.slice(0, 1), ids.slice(0, 20), ids]) {
      cost.push(
        await statementsOf(gateway, async () => {
          const { nodes } = await send(who.manager, query, { ids: some });
          expect(nodes.map((node: any) => node.id)).toEqual(some);
        }),
      );
    }
    expect(cost).toEqual([1, 1, 3]);
    expect((await send(who.otherManager, query, { ids })).nodes).toEqual(ids.map(() => null));
  });

  test.each([
    { name: 'Order', table: 'order_lines', statements: 10 },
    { name: 'Subscription', table: 'operations', statements: 12 },
  ])('$name, with 1, 20 and 100 $table: $statements', async ({ name, table, statements }) => {
    await fill(gateway, 'done', customers.slice(0, 1));
    const [row] = await gateway.rows('SELECT id, orderId FROM subscriptions');
    const id = name === 'Order' ? row?.orderId : row?.id;
    const cost: number[] = [];
    for (const wanted of [1, 20, 100]) {
      await copyRows(table, wanted);
      if (table === 'operations') await copySteps();
      cost.push(
        await statementsOf(gateway, async () => {
          const [found] = Object.values(await send(who.manager, documents.get(name) ?? '', { id })) as any[];
          expect(found[name === 'Order' ? 'lines' : 'operations'].length).toBe(wanted);
        }),
      );
    }
    expect(cost).toEqual([statements, statements, statements]);
  });
});

/** Copies the only row of a table under other ids until there are so many. */
async function copyRows(table: string, wanted: number): Promise<void> {
  const generated = new Set(['openSlot']);
  const columns = (await gateway.rows(`SHOW COLUMNS FROM ${table}`))
    .map(({ Field }) => Field)
    .filter(name => name !== 'id' && !generated.has(name));
  const [{ n, id }] = (await gateway.rows(`SELECT COUNT(*) AS n, MIN(id) AS id FROM ${table}`)) as [
    { n: number; id: string },
  ];
  for (let nth = n; nth < wanted; nth += 1) {
    await gateway.rows(
      `INSERT INTO ${table} (id, ${columns}) SELECT CONCAT(LEFT(id, 20), 'z', ?), ${columns} FROM ${table} WHERE id = ?`,
      [String(nth).padStart(4, '0'), id],
    );
  }
}

/** Gives the steps of the only operation that has any to all others. */
async function copySteps(): Promise<void> {
  await gateway.rows(
    `INSERT INTO steps (operationId, position, name, state, attempts)
     SELECT o.id, s.position, s.name, s.state, s.attempts
     FROM operations o JOIN steps s ON s.operationId = (SELECT MIN(operationId) FROM steps)
     WHERE o.id NOT IN (SELECT operationId FROM steps)`,
  );
}
