import { accountId } from '../../dev/demo-data';
import { administrator } from '../support/administrator';
import { newKey } from '../support/api-keys';
import { type BackOffice, type Person, startBackOffice } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { type ChargeRow, chargeRows, settleDue, sumOf } from '../support/charges';
import { ALPINE, NORTHWIND, STORAGE } from '../support/demo';
import type { TestGateway } from '../support/gateway';

const ONE_TB = addon('IC-ADD-1TB');
const END_CUSTOMER = 'ada@alpine.example';
const DEPUTY = 'deputy@bss.example';
/** Account manager of the end customer, not of its reseller. */
const CUSTOMERS_MANAGER = 'manager3@bss.example';

let now = new Date('2026-04-01T00:00:00.000Z');
let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
let rows: ChargeRow[];
/** Subscriptions of Northwind, of an end customer of Skyline, and of one of Harbor. */
let subscriptions: string[];

const reach = (time: string) => {
  now = new Date(time);
  return settleDue(gateway);
};

beforeAll(async () => {
  office = await startBackOffice({ clock: () => now });
  ({ gateway, who } = office);
  const admin = administrator(gateway);
  const staff = (name: string, email: string) =>
    admin.does('createUser', { name, email, roles: ['ACCOUNT_MANAGER'] });
  await admin.does('createUser', {
    accountId: ALPINE,
    name: 'Ada',
    email: END_CUSTOMER,
    roles: ['CUSTOMER'],
  });
  const deputy = await staff('Dee', DEPUTY);
  const third = await staff('Mo', CUSTOMERS_MANAGER);
  const own = { accountId: ALPINE, accountManagerId: third.user.id };
  await admin.does('assignAccountManager', own);
  const input = { deputyId: deputy.user.id };
  expect((await who.manager.call('setDeputy', 'SetDeputyInput', input, 'user { id }')).errors).toEqual([]);

  const line = { ...STORAGE, addons: [{ addonId: ONE_TB, quantity: 2 }] };
  const first = await who.manager.provisioned(NORTHWIND, line);
  await who.reseller.order(STORAGE, ALPINE);
  await who.otherReseller.order({ productId: product('IC-BASE-5TB') }, accountId('Dune Media'));
  await gateway.settled();
  const [northwind] = first.lines.map(({ subscription }: any) => subscription.id);
  await reach('2026-04-11T00:00:00.000Z');
  const more = { subscriptionId: northwind, addons: [{ addonId: ONE_TB, quantity: 3 }] };
  await who.manager.provisioned(NORTHWIND, more);
  await reach('2026-04-16T00:00:00.000Z');
  const fewer = { subscriptionId: northwind, addons: [{ addonId: ONE_TB, quantity: 1 }] };
  expect((await who.manager.change(fewer)).errors).toEqual([]);
  await gateway.settled();
  await reach('2026-05-01T00:00:00.000Z');
  await reach('2026-06-01T00:00:00.000Z');
  const found = await gateway.rows<{ id: string; accountId: string }>(
    'SELECT id, accountId FROM subscriptions',
  );
  const of = (account: string) => found.find(each => each.accountId === account)?.id as string;
  subscriptions = [northwind, of(ALPINE), of(accountId('Dune Media'))];
  const adjustment = {
    subscriptionId: subscriptions[1],
    amount: '-1.50',
    reason: 'Outage',
    idempotencyKey: 'a',
  };
  await who.admin.call('createAdjustment', 'CreateAdjustmentInput', adjustment, 'charge { id }');
  await chargeRows(gateway);
  // Times of creation that a filter can tell apart.
  await gateway.rows(`UPDATE charges SET createdAt = DATE_ADD('2026-01-01', INTERVAL MOD(seq, 7) DAY)`);
  rows = await chargeRows(gateway);
}, 60_000);
afterAll(() => office.stop());

const LINE =
  'nodes { id amount { amount currency } account { name } } totalCount totals { account { name } amount { amount currency } count }';
const LIST = `query ($filter: ChargeFilter) { charges(filter: $filter, first: 100) { ${LINE} } }`;

async function read(person: Pick<Person, 'send'>, query: string, variables: object = {}) {
  const { data, errors } = await person.send(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

/** Checks a whole list: its charges, its number and its totals. */
function expectList({ nodes, totalCount, totals }: any, expected: readonly ChargeRow[]): void {
  expect(nodes.map(({ id }: any) => id)).toEqual(expected.map(({ id }) => id));
  expect(totalCount).toBe(expected.length);
  const payers = [...new Map(expected.map(row => [row.accountId, row.payer])).values()];
  const sums = payers.map(payer => {
    const lines = nodes.filter(({ account }: any) => account.name === payer);
    return [payer, 'EUR', lines.length, sumOf(lines.map(({ amount }: any) => amount.amount))];
  });
  const told = totals.map(({ account, amount, count }: any) => [
    account.name,
    amount.currency,
    count,
    sumOf([amount.amount]),
  ]);
  expect(told.sort()).toEqual(sums.sort());
}

const SKYLINE = 'Skyline IT';
const HARBOR = 'Harbor Cloud';
const DIRECT = 'Northwind Traders';

test('the ledger that these tests read', () => {
  expect(rows.map(row => `${row.payer} ${row.kind} ${row.sku} ${row.amountMinor}`)).toEqual([
    `${DIRECT} RECURRING IC-BASE-1TB 800`,
    `${DIRECT} RECURRING IC-ADD-1TB 1500`,
    `${SKYLINE} RECURRING IC-BASE-1TB 640`,
    `${HARBOR} RECURRING IC-BASE-5TB 3000`,
    `${DIRECT} PRORATION IC-ADD-1TB 1500`,
    `${DIRECT} CREDIT IC-ADD-1TB -375`,
    `${DIRECT} CREDIT IC-ADD-1TB -1125`,
    ...[1, 2].flatMap(() => [
      `${DIRECT} RECURRING IC-BASE-1TB 800`,
      `${DIRECT} RECURRING IC-ADD-1TB 750`,
      `${SKYLINE} RECURRING IC-BASE-1TB 640`,
      `${HARBOR} RECURRING IC-BASE-5TB 3000`,
    ]),
    `${SKYLINE} ADJUSTMENT null -150`,
  ]);
});

describe('visibility', () => {
  const SEEN: readonly (readonly [email: string, payers: readonly string[]])[] = [
    ['buyer@northwind.example', [DIRECT]],
    ['buyer@contoso.example', []],
    ['sales@skyline.example', [SKYLINE]],
    ['sales@harbor.example', [HARBOR]],
    ['manager@bss.example', [DIRECT, SKYLINE]],
    [DEPUTY, [DIRECT, SKYLINE]],
    ['manager2@bss.example', [HARBOR]],
    [CUSTOMERS_MANAGER, []],
    ['admin@bss.example', [DIRECT, SKYLINE, HARBOR]],
    [END_CUSTOMER, []],
  ];

  test.each(SEEN)('%s sees the charges of %j', async (email, payers) => {
    const person = office.person(email);
    const visible = rows.filter(({ payer }) => payers.includes(payer));
    expectList((await read(person, LIST)).charges, visible);
    for (const { id, payer } of rows) {
      const { node } = await read(person, 'query ($id: ID!) { node(id: $id) { id } }', { id });
      expect(node).toEqual(payers.includes(payer) ? { id } : null);
    }
    for (const id of subscriptions) {
      const query = `query ($id: ID!) { subscription(id: $id) { id charges(first: 100) { ${LINE} } } }`;
      const { subscription } = await read(person, query, { id });
      const own = visible.filter(({ subscriptionId }) => subscriptionId === id);
      if (own.length > 0) expect(subscription).not.toBeNull();
      if (subscription) expectList(subscription.charges, own);
    }
  });

  test.each([END_CUSTOMER, CUSTOMERS_MANAGER])('%s sees the subscription, without charges', async email => {
    const query = 'query ($id: ID!) { subscription(id: $id) { charges { nodes { id } totals { count } } } }';
    const { subscription } = await read(office.person(email), query, { id: subscriptions[1] });
    expect(subscription.charges).toEqual({ nodes: [], totals: [] });
  });

  test('nobody without a token', async () => {
    const { errors } = await gateway.send(null, '{ charges { nodes { id } } }');
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    const { data } = await gateway.send(null, 'query ($id: ID!) { node(id: $id) { id } }', {
      id: rows[0]?.id,
    });
    expect(data).toEqual({ node: null });
  });

  test.each(['READ', 'ORDER'])('an API key with the scope %s sees what its user sees', async scope => {
    const key = await newKey(gateway, 'sales@skyline.example', [scope]);
    const { data } = await gateway.send(key.secret, LIST);
    expectList(
      data.charges,
      rows.filter(({ payer }) => payer === SKYLINE),
    );
  });

  test('a charge without a number is in no list, and is no node', async () => {
    const hidden = rows[3] as ChargeRow;
    await gateway.rows('UPDATE charges SET seq = NULL WHERE id = ?', [hidden.id]);
    try {
      expectList(
        (await read(who.admin, LIST)).charges,
        rows.filter(row => row !== hidden),
      );
      const { node } = await read(who.admin, 'query ($id: ID!) { node(id: $id) { id } }', { id: hidden.id });
      expect(node).toBeNull();
    } finally {
      await gateway.rows('UPDATE charges SET seq = ? WHERE id = ?', [hidden.seq, hidden.id]);
    }
  });
});

describe('filters', () => {
  /** Values of each condition, and the rows that match it. */
  const conditions = (): [object, (row: ChargeRow) => boolean][] => {
    const sale = rows.find(({ kind }) => kind === 'PRORATION') as ChargeRow;
    const [from, until] = ['2026-01-02T00:00:00.000Z', '2026-01-05T00:00:00.000Z'];
    const [start, end] = ['2026-04-11T00:00:00.000Z', '2026-05-01T00:00:00.000Z'];
    const within = (time: Date, first: string, last: string) =>
      time >= new Date(first) && time < new Date(last);
    return [
      [{ accountId: NORTHWIND }, row => row.accountId === NORTHWIND],
      [{ subscriptionId: subscriptions[0] }, row => row.subscriptionId === subscriptions[0]],
      [{ orderId: sale.orderId }, row => row.orderId === sale.orderId],
      [{ kinds: ['CREDIT', 'PRORATION'] }, row => ['CREDIT', 'PRORATION'].includes(row.kind)],
      [{ createdAt: { from, until } }, row => within(row.createdAt, from, until)],
      [{ periodStart: { from: start, until: end } }, row => within(row.periodStart, start, end)],
      [{ afterSeq: String(rows[4]?.seq) }, row => row.seq > (rows[4]?.seq ?? 0)],
    ];
  };

  test('each, and every combination of them', async () => {
    const all = conditions();
    const sizes = new Set<number>();
    for (let mask = 1; mask < 2 ** all.length; mask += 1) {
      const chosen = all.filter((_, index) => mask & (1 << index));
      const filter = Object.assign({}, ...chosen.map(([value]) => value));
      const expected = rows.filter(row => chosen.every(([, matches]) => matches(row)));
      expectList((await read(who.admin, LIST, { filter })).charges, expected);
      sizes.add(expected.length);
    }
    // The conditions tell the rows apart.
    expect(sizes.size).toBeGreaterThan(5);
  });

  test('what matches nothing, or belongs to others, is an empty list', async () => {
    for (const filter of [{ kinds: [] }, { accountId: ALPINE }, { afterSeq: '9007199254740993' }]) {
      expectList((await read(who.admin, LIST, { filter })).charges, []);
    }
    const filter = { accountId: NORTHWIND };
    expectList((await read(who.reseller, LIST, { filter })).charges, []);
  });
});

test.each([
  ['first', 'after', 'hasNextPage'],
  ['last', 'before', 'hasPreviousPage'],
] as const)('pages by `%s` and `%s`', async (size, cursor, more) => {
  const query = `query ($page: Int, $cursor: String) { charges(${size}: $page, ${cursor}: $cursor) {
      nodes { id seq } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } totals { count } } }`;
  const pages: any[][] = [];
  for (let at: string | null = null; ; ) {
    const { charges }: any = await read(who.manager, query, { page: 4, cursor: at });
    // Totals are those of the whole list on every page.
    expect(charges.totals.map(({ count }: any) => count).sort()).toEqual([11 - 2, 4].sort());
    pages.push(charges.nodes);
    if (!charges.pageInfo[more]) break;
    at = size === 'first' ? charges.pageInfo.endCursor : charges.pageInfo.startCursor;
  }
  const visible = rows.filter(({ payer }) => [DIRECT, SKYLINE].includes(payer));
  const read4 = (size === 'first' ? pages : pages.toReversed()).flat();
  expect(read4).toEqual(visible.map(({ id, seq }) => ({ id, seq: String(seq) })));
});

test('charges of a subscription have pages and totals of the whole list', async () => {
  const query = `query ($id: ID!, $after: String) { subscription(id: $id) { charges(first: 2, after: $after) {
    nodes { id } pageInfo { hasNextPage endCursor } totals { count amount { amount } } } } }`;
  const own = rows.filter(({ subscriptionId }) => subscriptionId === subscriptions[0]);
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const { subscription }: any = await read(who.buyer, query, { id: subscriptions[0], after });
    const { nodes, pageInfo, totals } = subscription.charges;
    ids.push(...nodes.map(({ id }: any) => id));
    const minor = own.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    expect(totals).toEqual([{ count: own.length, amount: { amount: (minor / 100).toFixed(2) } }]);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  expect(ids).toEqual(own.map(({ id }) => id));
});

test('a credit names the charge that it takes back, and every field is there', async () => {
  const { charges } = await read(
    who.buyer,
    `{ charges(first: 100, filter: { kinds: [CREDIT] }) { nodes { kind quantity unitPrice { amount } amount { amount }
       reverses { kind amount { amount } } product { sku } addon { sku } order { id } subscription { id } reason } } }`,
  );
  expect(charges.nodes).toMatchObject([
    {
      quantity: 1,
      amount: { amount: '-3.75' },
      reverses: { kind: 'RECURRING', amount: { amount: '15.00' } },
    },
    {
      quantity: 3,
      amount: { amount: '-11.25' },
      reverses: { kind: 'PRORATION', amount: { amount: '15.00' } },
    },
  ]);
  for (const node of charges.nodes) {
    expect(node).toMatchObject({
      product: null,
      addon: { sku: 'IC-ADD-1TB' },
      unitPrice: { amount: '7.50' },
    });
    expect(node).toMatchObject({ subscription: { id: subscriptions[0] }, reason: null });
    expect(node.order).not.toBeNull();
  }
});
