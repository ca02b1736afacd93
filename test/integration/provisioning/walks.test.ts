import { currentTime } from '../../../src/clock';
import { createDataSource, Database, detectDialect } from '../../../src/database';
import { Transaction } from '../../../src/database/transaction';
import { ProvisioningOperation } from '../../../src/entities';
import { Fenced } from '../../../src/jobs';
import { type Job, loadJob } from '../../../src/provisioning/job';
import { walk } from '../../../src/provisioning/walk';
import { deskOf, license, newAccount } from '../../support/desk';
import { startTestGateway, type TestGateway } from '../../support/gateway';

let gateway: TestGateway;
let source: ReturnType<typeof createDataSource>;
let db: Database;
beforeAll(async () => {
  // Its worker claims nothing.
  gateway = await startTestGateway({ worker: { limits: { slots: 0, failureThreshold: 1, openMs: 1 } } });
  const { databaseUrl } = gateway.settings;
  source = createDataSource(databaseUrl, await detectDialect(databaseUrl), 12);
  await source.initialize();
  db = Database.over(source);
});
afterAll(async () => {
  await source.destroy();
  await gateway.stop();
});

const STORAGE = license('Backups', { 'IC-ADD-1TB': 2 });
const SERVER = license('Server', { 'CB-ARCHIVE-100GB': 2 }, 'CB-SERVER');

let customers = 0;

/** The claimed operations of a new order. */
async function claimed(...lines: object[]): Promise<Job[]> {
  customers += 1;
  const customer = await newAccount(gateway.rows, `Walker ${customers}`);
  const desk = deskOf(gateway);
  const orderId = await desk.place(customer.id, ...lines);
  await desk.execute(orderId);
  await gateway.rows(
    `UPDATE operations SET token = 1, claims = 1, owner = 'a test', dueAt = NOW(3) + INTERVAL 1 HOUR WHERE orderId = ?`,
    [orderId],
  );
  const operations = await db.many(ProvisioningOperation, 'WHERE t.orderId = ? ORDER BY t.id', [orderId]);
  const context = { leaseMs: 60_000, needsAccounts: true, clock: currentTime };
  return Promise.all(operations.map(each => loadJob(db, gateway.app.deps.catalog, each, context)));
}

async function claimedEach(count: number): Promise<Job[]> {
  const jobs: Job[] = [];
  for (let index = 0; index < count; index += 1) jobs.push(...(await claimed(STORAGE)));
  return jobs;
}

const next = (job: Job, result?: string) =>
  walk({ db, catalog: gateway.app.deps.catalog }, job, result === undefined ? undefined : { result });

/** Walks of all jobs at once: the first begins alone, and the others have gathered when it ends. */
const walkAll = (jobs: readonly Job[], result?: string) =>
  Promise.allSettled(jobs.map(job => next(job, result)));

const called = async (walks: ReturnType<typeof walkAll>) =>
  (await walks).map(each => (each.status === 'fulfilled' ? (each.value?.name ?? 'nothing') : each.reason));

/** Statements that were sent during `act`, with those that begin and commit. */
async function statementsOf(act: () => Promise<unknown>): Promise<number> {
  const before = db.meter.statements;
  await act();
  return db.meter.statements - before;
}

/** What the walks of a job have written, without ids and times. */
async function writtenOf({ operation, subscription, account }: Job) {
  const { rows } = gateway;
  const flat = (text: unknown) =>
    JSON.parse(
      JSON.stringify(text)
        .replaceAll(/(?:\w+_[0-9a-hjkmnp-tv-z]{26})/g, 'id')
        .replaceAll(/Walker \d+/g, 'Walker')
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time'),
    );
  const of = async (table: string, column: string, id: string, order: string) =>
    flat(await rows(`SELECT * FROM ${table} WHERE ${column} = ? ORDER BY ${order}`, [id]));
  const events = await rows(
    'SELECT type, message, data, accountId, orderId, subscriptionId FROM events WHERE operationId = ? OR orderId = ? OR subscriptionId = ? ORDER BY id',
    [operation.id, operation.orderId, subscription.id],
  );
  const unequal = ['serial', 'accountId', 'id', 'trackId'];
  const all = {
    operations: await of('operations', 'id', operation.id, 'id'),
    steps: await of('steps', 'operationId', operation.id, 'position'),
    orders: await of('orders', 'id', operation.orderId ?? '', 'id'),
    subscriptions: await of('subscriptions', 'id', subscription.id, 'id'),
    accounts: await of('service_accounts', 'accountId', account.id, 'serviceId'),
    addons: await of('subscription_addons', 'subscriptionId', subscription.id, 'addonId'),
    lots: await of('subscription_lots', 'subscriptionId', subscription.id, 'itemId'),
    charges: await of('charges', 'subscriptionId', subscription.id, 'itemId'),
    events: flat(events),
  };
  for (const row of Object.values(all).flat()) for (const name of unequal) delete row[name];
  for (const charge of all.charges) delete charge.seq;
  return all;
}

test('operations that share transactions have the rows and events of one alone, with a fraction of the statements', async () => {
  const jobs = await claimedEach(5);
  const steps: unknown[] = [];
  const counts: number[] = [];
  for (const result of [undefined, 'known', 'licensed', 'nothing']) {
    counts.push(
      await statementsOf(async () => {
        steps.push(new Set(await called(walkAll(jobs, result))));
      }),
    );
  }
  expect(steps).toEqual(
    ['IMPORT_CUSTOMER', 'ASSIGN_LICENSE', 'ASSIGN_ADDONS', 'nothing'].map(name => new Set([name])),
  );
  expect(counts).toEqual([17, 17, 17, 27]);
  const [alone, ...together] = await Promise.all(jobs.map(writtenOf));
  expect(alone?.operations).toMatchObject([
    { state: 'SUCCEEDED', position: 6, token: 2, claims: 0, owner: null, dueAt: null },
  ]);
  expect(alone?.orders).toMatchObject([{ state: 'COMPLETED' }]);
  expect(alone?.events.length).toBe(19);
  for (const each of together) expect(each).toEqual(alone);
});

test('one that fails leaves the others as they are, and its own error is the one alone', async () => {
  const jobs = await claimedEach(4);
  const [, , broken] = jobs as [Job, Job, Job, Job];
  Object.defineProperty(broken, 'externalIds', {
    enumerable: true,
    get: () => {
      throw new Error('This one is broken');
    },
  });
  const before = await writtenOf(broken);
  const outcome = await called(walkAll(jobs));
  expect(outcome).toEqual([
    'IMPORT_CUSTOMER',
    'IMPORT_CUSTOMER',
    new Error('This one is broken'),
    'IMPORT_CUSTOMER',
  ]);
  expect(await writtenOf(broken)).toEqual(before);
});

test('a lost claim is refused, and the others share the transaction', async () => {
  const jobs = await claimedEach(4);
  const [, lost] = jobs as [Job, Job, Job, Job];
  await gateway.rows(`UPDATE operations SET token = 2, owner = 'another' WHERE id = ?`, [lost.operation.id]);
  const before = await writtenOf(lost);
  const outcome = await called(walkAll(jobs));
  expect(outcome).toEqual(['IMPORT_CUSTOMER', expect.any(Fenced), 'IMPORT_CUSTOMER', 'IMPORT_CUSTOMER']);
  expect(await writtenOf(lost)).toEqual(before);
});

test('one whose step was changed meanwhile is refused, and the others are not', async () => {
  const jobs = await claimedEach(4);
  const [, changed] = jobs as [Job, Job, Job, Job];
  await gateway.rows(`UPDATE steps SET attempts = 7 WHERE operationId = ?`, [changed.operation.id]);
  const before = await writtenOf(changed);
  const outcome = await called(walkAll(jobs));
  expect(outcome).toEqual(['IMPORT_CUSTOMER', expect.any(Fenced), 'IMPORT_CUSTOMER', 'IMPORT_CUSTOMER']);
  expect(await writtenOf(changed)).toEqual(before);
});

test.each(['orders', 'subscriptions', 'operations'] as const)(
  'one whose row of %s somebody else has locked does not hold the others up',
  async table => {
    const jobs = await claimedEach(4);
    const [one, held, ...others] = jobs as [Job, Job, Job, Job];
    const { orderId: orders, subscriptionId: subscriptions, id: operations } = held.operation;
    const id = { orders, subscriptions, operations }[table];
    let last: ReturnType<typeof next> | undefined;
    await gateway.app.deps.db.transaction(async tx => {
      await tx.rows(`SELECT id FROM ${table} WHERE id = ? FOR UPDATE`, [id]);
      const first = next(one);
      last = next(held);
      expect(await called(Promise.allSettled([first, ...others.map(job => next(job))]))).toEqual(
        Array(3).fill('IMPORT_CUSTOMER'),
      );
    });
    expect((await last)?.name).toBe('IMPORT_CUSTOMER');
  },
);

test('operations of one order never share a transaction: the last one sees the others, and completes it', async () => {
  const jobs = [...(await claimedEach(1)), ...(await claimed(STORAGE, SERVER))];
  for (const result of [undefined, 'known', 'licensed', 'nothing']) await walkAll(jobs, result);
  expect(jobs.map(({ operation }) => operation.state)).toEqual(Array(3).fill('SUCCEEDED'));
  const { orderId } = (jobs[1] as Job).operation;
  const [order] = await gateway.rows('SELECT state, version FROM orders WHERE id = ?', [orderId]);
  // Placed, executed, and written by both.
  expect(order).toEqual({ state: 'COMPLETED', version: 4 });
  const completed = await gateway.rows(
    `SELECT COUNT(*) AS n FROM events WHERE orderId = ? AND type = 'order.completed'`,
    [orderId],
  );
  expect(completed).toEqual([{ n: 1 }]);
});

test('when the answer to a shared COMMIT is lost, each finds its own work done and goes on', async () => {
  const jobs = await claimedEach(4);
  const { commit } = Transaction.prototype;
  const spy = jest.spyOn(Transaction.prototype, 'commit').mockImplementation(async function (
    this: Transaction,
  ) {
    await commit.call(this);
    if (!this.touched.has('events')) return;
    throw Object.assign(new Error('Connection lost'), { code: 'PROTOCOL_CONNECTION_LOST', fatal: true });
  });
  const outcome = await called(walkAll(jobs));
  spy.mockRestore();
  expect(outcome).toEqual(Array(4).fill('IMPORT_CUSTOMER'));
  const [first, ...rest] = await Promise.all(jobs.map(writtenOf));
  expect(first?.steps).toMatchObject([
    { state: 'SUCCEEDED' },
    { state: 'SKIPPED' },
    { state: 'RUNNING', attempts: 1 },
    {},
    {},
    {},
  ]);
  for (const each of rest) expect(each).toEqual(first);
});
