import { fillCharges, fillCustomers, fillHistory, nthId } from '../../bench/lib/fill';
import { userId } from '../../dev/demo-data';
import type { Value } from '../../src/database/rows';
import { Session } from '../../src/database/session';
import {
  CloudSubscription,
  CloudSubscriptionState,
  DomainEvent,
  OperationState,
  Order,
  OrderState,
  ProvisioningOperation,
  SyncState,
} from '../../src/entities';
import { readLogLag } from '../../src/events';
import { numberEvents } from '../../src/events/sequencer';
import { Fenced } from '../../src/jobs';
import { renewClaim } from '../../src/jobs/claims';
import { readBacklog } from '../../src/provisioning';
import { OPERATIONS } from '../../src/provisioning/job-table';
import { writeOperation } from '../../src/provisioning/write-operation';
import type { ActorContext } from '../../src/services/context';
import { beginSession } from '../../src/services/identity/sessions';
import { provisioningStream } from '../../src/services/streams/provisioning-stream';
import {
  findActors,
  findDueRenewals,
  findExportedCharges,
  findFirstDueRenewal,
  findLiveSubscriptions,
  findUncharged,
  transition,
} from '../../src/store';
import { startTestGateway, type TestGateway } from '../support/gateway';

const CUSTOMERS = 2000;
const ROWS = 20_000;
/** Looks after two customers only; the demo's manager after half of all. */
const FEW = 'usr_few';
/** Rows that a page, or what belongs to its items, may be sorted in memory. */
const PAGE = 100;
/** Tables that are small whatever is sold: reading one of them whole is not a scan that grows. */
const SMALL = 500;

interface Step {
  table: string | null;
  type: string | null;
  possible_keys: string | null;
  key: string | null;
  rows: string | number | null;
  Extra: string | null;
}

/** Thrown so that nothing of a transaction is kept. */
class Undone extends Error {}

type Sent = [sql: string, values: readonly Value[]];

let gateway: TestGateway;
const bearers = new Map<string, string>();

beforeAll(async () => {
  gateway = await startTestGateway();
  const run = (sql: string, values?: (string | number)[]) => gateway.app.deps.db.execute(sql, values ?? []);
  await fillCustomers(run, CUSTOMERS);
  await fillHistory(sql => gateway.rows(sql), ROWS, CUSTOMERS);
  await fillCharges(sql => gateway.rows(sql), ROWS, CUSTOMERS);
  await run(`INSERT INTO users (id, name, email, roles, passwordHash)
    VALUES ('${FEW}', 'Few', 'few@bss.example', '["ACCOUNT_MANAGER"]', '')`);
  await run(`UPDATE accounts SET accountManagerId = '${FEW}' WHERE id IN (?, ?)`, [
    nthId('acc', 10),
    nthId('acc', 20),
  ]);
  const [{ placedAt }] = (await gateway.rows('SELECT placedAt FROM orders WHERE id = ?', [
    nthId('ord', ROWS / 2),
  ])) as [{ placedAt: Date }];
  orderAfter = Buffer.from(JSON.stringify(['orders', placedAt.getTime(), nthId('ord', ROWS / 2)])).toString(
    'base64url',
  );
  for (const table of [
    'accounts',
    'orders',
    'subscriptions',
    'operations',
    'steps',
    'cancellation_requests',
    'charges',
  ]) {
    await gateway.rows(`ANALYZE TABLE ${table}`);
  }
}, 120_000);
afterAll(() => gateway.stop());

async function tokenOf(id: string): Promise<string> {
  const known = bearers.get(id);
  if (known) return known;
  const { db, tokens } = gateway.app.deps;
  const { sessionId } = await db.transaction(tx => beginSession(tx, { id, sessionVersion: 0 }));
  const { token } = await tokens.issue({ userId: id, sessionId, sessionVersion: 0 });
  bearers.set(id, token);
  return token;
}

/** What a request sends. */
async function sentBy(id: string, query: string): Promise<Sent[]> {
  const token = await tokenOf(id);
  const sent = await sentDuring(async () => {
    const { errors } = await gateway.send(token, query);
    expect(errors).toBeUndefined();
  });
  return sent.filter(([sql]) => !/FROM `?sequencer/.test(sql));
}

/** What is sent of one kind, with the very values that are bound. */
async function sentDuring(
  act: () => Promise<unknown>,
  kind: 'SELECT' | 'UPDATE' = 'SELECT',
  // Part of the statements of `act`, where those of the gateway's own work may be sent beside them.
  part = '',
): Promise<Sent[]> {
  const sent: Sent[] = [];
  const spy = jest.spyOn(Session.prototype as any, 'send');
  try {
    await act();
    for (const [sql, values] of spy.mock.calls as [string | { sql: string }, Value[]][]) {
      sent.push([typeof sql === 'string' ? sql : sql.sql, values]);
    }
  } finally {
    spy.mockRestore();
  }
  return sent.filter(([sql]) => sql.startsWith(kind) && sql.includes(part));
}

const COLUMNS = ['table', 'type', 'possible_keys', 'key', 'rows', 'Extra'];

/** The plan of a statement, one row a step. Throws where the server explains in another format, which has no steps. */
async function explain(sql: string, values: readonly Value[]): Promise<Step[]> {
  // MySQL explains as a tree by default since 9.5, and as its configuration says (`explain_format`).
  const plan = await gateway.app.deps.db.rows<Step>(`EXPLAIN FORMAT=TRADITIONAL ${sql}`, values);
  for (const step of plan) expect(Object.keys(step)).toEqual(expect.arrayContaining(COLUMNS));
  expect(plan.length).toBeGreaterThan(0);
  return plan;
}

/** Steps of the plan that read or sort more than a page needs. */
async function tooMuch([sql, values]: Sent): Promise<string[]> {
  const plan = await explain(sql, values);
  return plan.flatMap(({ table, type, key, rows, Extra }) => {
    // Candidates of a page are limited; test/integration/list-plans counts what is read.
    if (table?.startsWith('<derived')) return [];
    const found = Number(rows ?? 0);
    const scans = type === 'ALL' && found > SMALL;
    const sorts = /filesort/.test(Extra ?? '') && found > Math.max(PAGE, SMALL);
    return scans || sorts ? [`${table} ${type} ${key} ${found} ${Extra}: ${sql.slice(0, 300)}`] : [];
  });
}

const ORDER = 'id number lines { id subscription { id } } operations { id steps { name } }';
const SUBSCRIPTION = 'id account { name } addons { quantity } operations { id } cancellationRequest { id }';
let orderAfter: string;

const queries: Record<string, (row: number) => string> = {
  'the list of orders': () => `{ orders { nodes { ${ORDER} } } }`,
  'a later page of orders': () => `{ orders(after: "${orderAfter}") { nodes { ${ORDER} } } }`,
  'failed orders': () => '{ orders(filter: { states: [FAILED] }) { nodes { id } } }',
  'an order': row => `{ order(id: "${nthId('ord', row)}") { ${ORDER} } }`,
  'the list of subscriptions': () => `{ subscriptions { nodes { ${SUBSCRIPTION} } } }`,
  'a subscription': row =>
    `{ subscription(id: "${nthId('sub', row)}") { ${SUBSCRIPTION} availableActions { action allowed } } }`,
  'the list of accounts': () =>
    '{ accounts { nodes { name reseller { name } accountManager { name } serviceAccounts { state } } } }',
  'the list of charges': () =>
    '{ charges { nodes { id account { name } subscription { friendlyName } order { number } reverses { id } } } }',
  'the charges of a subscription': row =>
    `{ subscription(id: "${nthId('sub', row)}") { charges { nodes { id } totals { count } } nextCharge { at } } }`,
  'the cancellation queue': () =>
    '{ cancellationRequests(filter: { states: [PENDING] }) { nodes { id subscription { id } requestedBy { name } } } }',
};

const viewers: [string, string, number][] = [
  ['a customer', nthId('usr', 0), 0],
  ['a reseller', userId('sales@skyline.example'), 1],
  ['an account manager of many', userId('manager@bss.example'), 0],
  ['an account manager of few', FEW, 10],
  ['an administrator', userId('admin@bss.example'), 0],
];

const cases = viewers.flatMap(viewer =>
  Object.keys(queries).map(name => [name, ...viewer] as [string, string, string, number]),
);

test.each(cases)('%s, read by %s, scans and sorts no more than a page', async (name, _viewer, id, row) => {
  const sent = await sentBy(id, queries[name]?.(row) ?? '');
  expect(sent.length).toBeGreaterThan(0);
  const found = await Promise.all(sent.map(tooMuch));
  expect(found.flat()).toEqual([]);
});

test.each(viewers)(
  'the snapshot of a stream for %s scans and sorts no more than a page',
  async (_viewer, id) => {
    const { db } = gateway.app.deps;
    const actor = (await findActors(db, [id])).get(id);
    if (!actor) throw new Error(`There is no ${id}.`);
    const sent = await sentDuring(() => provisioningStream.snapshot({ db, actor } as ActorContext, {}));
    expect((await Promise.all(sent.map(tooMuch))).flat()).toEqual([]);
  },
);

test('a basket reads its lines and what they refer to by keys', async () => {
  const query = '{ basket { id lines { id product { sku } total { amount } } recipient { name } } }';
  const found = await Promise.all((await sentBy(nthId('usr', 0), query)).map(tooMuch));
  expect(found.flat()).toEqual([]);
});

test('metrics read open operations by their indexes', async () => {
  const { db } = gateway.app.deps;
  const sent = await sentDuring(async () => {
    expect((await readBacklog(db)).states).toBeInstanceOf(Array);
    expect((await readLogLag(db)).last).toBeGreaterThanOrEqual(0);
  });
  expect(sent.length).toBeGreaterThanOrEqual(2);
  expect((await Promise.all(sent.map(tooMuch))).flat()).toEqual([]);
  const [sql, values] = sent.find(([text]) => text.includes(`'${OperationState.FAILED}'`)) as Sent;
  const steps = (await explain(sql, values)).filter(({ table }) => table === 't');
  expect(steps.map(({ key }) => key)).toEqual([expect.any(String), expect.any(String)]);
  // One in 1,000 of the operations has failed, and none is open.
  expect(steps.reduce((sum, { rows }) => sum + Number(rows), 0)).toBeLessThan(100);
});

test('state changes find rows by the primary key, because the state index keeps former entries', async () => {
  const { db } = gateway.app.deps;
  const subscription = nthId('sub', 500);
  const moves = () =>
    db.transaction(async tx => {
      await transition(tx, Order, nthId('ord', 0), { state: OrderState.EXECUTING });
      await transition(tx, CloudSubscription, subscription, { syncState: SyncState.PENDING });
      const active = { syncState: SyncState.SYNCED, state: CloudSubscriptionState.ACTIVE };
      await transition(tx, CloudSubscription, subscription, active);
      throw new Undone();
    });
  const sent = await sentDuring(() => expect(moves()).rejects.toThrow(Undone), 'UPDATE');
  const plans = await Promise.all(sent.map(each => explain(...each)));
  // Whatever the statistics say: no other index is thought of.
  expect(plans.map(([step]) => [step?.possible_keys, Number(step?.rows)])).toEqual(
    Array(3).fill(['PRIMARY', 1]),
  );
});

test('a worker writes to an operation by its primary key', async () => {
  const { db } = gateway.app.deps;
  const operation = await db.one(ProvisioningOperation, 'WHERE t.id = ?', [nthId('op', 0)]);
  if (!operation) throw new Error('There is no operation.');
  const sent = await sentDuring(async () => {
    await expect(db.transaction(tx => writeOperation(tx, operation, { leaseMs: 1000 }, 1))).rejects.toThrow(
      Fenced,
    );
    expect(await renewClaim(db, OPERATIONS, operation, 1000)).toBe(false);
  }, 'UPDATE');
  const plans = await Promise.all(sent.map(each => explain(...each)));
  expect(plans.map(([step]) => [step?.possible_keys, Number(step?.rows)])).toEqual(
    Array(2).fill(['PRIMARY', 1]),
  );
});

/** Steps of the plans that read subscriptions by what is due. */
async function dueSteps(at: Date): Promise<Step[]> {
  const { db } = gateway.app.deps;
  const sent = await sentDuring(
    async () => {
      await findDueRenewals(db, at, PAGE);
      await findFirstDueRenewal(db, at);
      await findUncharged(db, PAGE);
    },
    'SELECT',
    'subscriptions_by_state_and_charged_until',
  );
  const plans = await Promise.all(sent.map(each => explain(...each)));
  return plans.flat().filter(({ table }) => table === 't');
}

test('due renewals are read in the order of their index, without sorting, whether all or none are due', async () => {
  for (const at of ['2027-06-01', '2026-06-01']) {
    const steps = await dueSteps(new Date(at));
    expect(steps).toHaveLength(7);
    for (const { key, Extra } of steps) {
      expect(key).toBe('subscriptions_by_state_and_charged_until');
      expect(Extra).not.toMatch(/filesort|temporary/);
    }
  }
  // As a rule nothing is due, and the index says so.
  for (const { type, rows } of await dueSteps(new Date('2026-06-01'))) {
    expect(['range', 'ref']).toContain(type);
    expect(Number(rows)).toBeLessThan(PAGE);
  }
});

test('an export reads its pages in the order of their numbers, without sorting', async () => {
  const { db } = gateway.app.deps;
  const range = { from: new Date('2026-01-01'), until: new Date('2027-01-01') };
  const sent = await sentDuring(
    async () => {
      for (const accountId of [null, nthId('acc', 0)])
        await findExportedCharges(db, { ...range, accountId }, 0, 10 * ROWS, PAGE);
    },
    'SELECT',
    'AS payerId',
  );
  expect(sent).toHaveLength(2);
  expect((await Promise.all(sent.map(tooMuch))).flat()).toEqual([]);
  for (const each of sent) {
    const [first] = await explain(...each);
    expect([first?.table, first?.type]).toEqual(['t', 'range']);
    expect(first?.Extra).not.toMatch(/filesort|temporary/);
  }
});

test('numbering reads only events without a number', async () => {
  const { db } = gateway.app.deps;
  const sent = await sentDuring(() => numberEvents(db));
  const [[sql, values]] = sent.filter(([text]) => text.includes('events')) as [Sent];
  const [step] = await explain(sql, values);
  expect(['ref', 'range']).toContain(step?.type);
  expect(Number(step?.rows)).toBeLessThan(PAGE);
});

test.each([
  ['an operation', nthId('op', 7), 'subscriptionId'],
  ['a charge', nthId('chr', 7), 'subscriptionId'],
  ['a product', nthId('prod', 7), 'type'],
  ['an API key', nthId('key', 7), 'type'],
])('the history of %s is read by an index', async (_, objectId, column) => {
  const index = gateway.app.deps.db.indexOf(DomainEvent, [column, 'seq']);
  const query = `{ auditTrail(filter: { objectId: "${objectId}" }) { totalCount nodes { seq } } }`;
  const sent = (await sentBy(userId('admin@bss.example'), query)).filter(([sql]) => sql.includes('`events`'));
  expect(sent).toHaveLength(2);
  for (const [sql, values] of sent) {
    const steps = (await explain(sql, values)).filter(({ table }) => table === 't');
    // Of what the types find, the rows of a page are read by their ids.
    const keys = new Set(steps.map(({ key }) => key).filter(key => key !== 'PRIMARY'));
    expect([...keys]).toEqual([index]);
  }
});

test('the place of a live subscription is found by its unique key', async () => {
  const { db } = gateway.app.deps;
  await db.execute('UPDATE subscriptions SET exclusive = 1 WHERE id = ?', [nthId('sub', 1)]);
  const [{ slot }] = (await db.rows('SELECT liveSlot AS slot FROM subscriptions WHERE id = ?', [
    nthId('sub', 1),
  ])) as [{ slot: string }];
  const sent = await sentDuring(async () => {
    expect(await findLiveSubscriptions(db, [slot])).toEqual(new Map([[slot, nthId('sub', 1)]]));
  });
  const [[sql, values]] = sent as [Sent];
  const [step] = await explain(sql, values);
  expect([step?.key, Number(step?.rows)]).toEqual(['one_live_subscription', 1]);
});

test('a number that is bound as a floating-point parameter still finds its row by the index', async () => {
  const [step] = await explain('SELECT id FROM events WHERE seq > ? LIMIT 5', [ROWS]);
  expect(step?.type).toBe('range');
  const [one] = await explain('SELECT id FROM orders WHERE serial = ?', [5]);
  expect(one?.key).not.toBeNull();
});
