import { newSession } from '../support/sign-in';
import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { grantsFor } from '../../dev/references/grants';
import { EventRetention } from '../../src/events';
import { built } from '../support/dist';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { shopper } from '../support/shop';
import { numbered } from '../support/streams';

const NAME = `test_w${process.env.JEST_WORKER_ID ?? '1'}`;
const USER = `serve_w${process.env.JEST_WORKER_ID ?? '1'}`;
const url = (path: string, user?: string) => {
  const made = new URL(path, process.env.TEST_DATABASE_URL);
  if (user) Object.assign(made, { username: user, password: 'only for tests' });
  return made.toString();
};

/** Migrated and filled by one user, served by another who has no more than `grantsFor` says. */
let gateway: TestGateway;
beforeAll(async () => {
  const first = await startTestGateway();
  await first.stop();
  const owner = await createConnection(url('/'));
  const account = `'${USER}'@'%'`;
  await owner.query(`DROP USER IF EXISTS ${account}`);
  await owner.query(`CREATE USER ${account} IDENTIFIED BY 'only for tests'`);
  for (const grant of grantsFor(NAME, account)) await owner.query(grant);
  await owner.end();
  gateway = await startTestGateway(
    {},
    { databaseUrl: url(`/${NAME}`, USER), migrate: false, demoData: false },
  );
});
afterAll(() => gateway.stop());

const TRAIL = `query ($filter: AuditFilter, $first: Int, $after: String) {
  auditTrail(filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { seq type message by { email } account { name } order { id } } } }`;
const trail = async (email: string, variables: object = {}) =>
  gateway.send(await gateway.token(email), TRAIL, variables);

test('administrators read actor, action and object of every change, newest first, page by page', async () => {
  const reseller = shopper(gateway, 'sales@skyline.example');
  const { order } = await reseller.order(
    { productId: demoId('prod', 'IC-BASE-1TB') },
    accountId('Alpine Dental'),
  );
  await gateway.settled();
  await numbered(gateway);
  const filter = { orderId: order.id, types: ['order.placed', 'order.executing', 'order.completed'] };
  const { data } = await trail('admin@bss.example', { filter });
  const by = { email: 'sales@skyline.example' };
  expect(data.auditTrail.nodes.map(({ type, by: who, account }: any) => [type, who, account.name])).toEqual([
    ['order.completed', null, 'Alpine Dental'],
    ['order.executing', by, 'Alpine Dental'],
    ['order.placed', by, 'Alpine Dental'],
  ]);
  const first = (await trail('admin@bss.example', { filter, first: 2 })).data.auditTrail;
  expect([first.totalCount, first.nodes.length, first.pageInfo.hasNextPage]).toEqual([3, 2, true]);
  const after = first.pageInfo.endCursor;
  const rest = (await trail('admin@bss.example', { filter, first: 2, after })).data.auditTrail;
  expect(rest.nodes.map((entry: any) => entry.type)).toEqual(['order.placed']);
  const baskets = await trail('admin@bss.example', { filter: { types: ['basket.changed'] } });
  expect(baskets.data.auditTrail.nodes.map((entry: any) => entry.message)).toEqual([
    'The basket was changed: confirmBilling.',
    'The basket was changed: chooseRecipient.',
    'The basket was changed: addToBasket.',
  ]);
});

test.each([
  'UPDATE events SET message = "nothing happened"',
  'UPDATE events SET userId = NULL WHERE userId IS NOT NULL',
  'DELETE FROM events',
  'TRUNCATE TABLE events',
  'DROP TABLE events',
  'ALTER TABLE events DROP COLUMN userId',
  'REPLACE INTO events (id, type, occurredAt, message, data) VALUES (1, "x", NOW(), "y", "{}")',
  'INSERT INTO events (id, type, occurredAt, message, data) VALUES (1, "x", NOW(), "y", "{}") ON DUPLICATE KEY UPDATE message = "z"',
])('the database user of the gateway cannot %s', async statement => {
  const before = await gateway.rows(
    'SELECT COUNT(*) AS n, SUM(CRC32(CONCAT(id, message))) AS sum FROM events',
  );
  const connection = await createConnection(url(`/${NAME}`, USER));
  await expect(connection.query(statement)).rejects.toThrow(/denied/);
  await connection.end();
  const after = await gateway.rows(
    'SELECT COUNT(*) AS n, SUM(CRC32(CONCAT(id, message))) AS sum FROM events',
  );
  expect(after).toEqual(before);
});

const removeOldEvents = async (databaseUrl: string) => {
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl, EVENT_RETENTION_DAYS: '3000' };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [built('src/commands/remove-old-events.js')],
    {
      env,
    },
  );
  return stdout;
};

test('the owner of the tables removes old events; a gateway warns once when they are not removed', async () => {
  const { db } = gateway.app.deps;
  const warnings: string[] = [];
  const log = { warn: (_: object, message: string) => void warnings.push(message) };
  const retention = new EventRetention(db, 3000, log as never);
  const owner = await createConnection(url(`/${NAME}`));
  const [[total]] = (await owner.query('SELECT COUNT(*) AS n FROM events')) as any;
  const age = (days: number) =>
    owner.query('UPDATE events SET occurredAt = NOW(3) - INTERVAL ? DAY ORDER BY seq LIMIT 3', [days]);

  // The command of today has not run yet.
  await age(3001);
  expect([await retention.run(), warnings]).toEqual([false, []]);
  await age(3003);
  for (let hour = 0; hour < 2; hour += 1) expect(await retention.run()).toBe(false);
  expect(warnings).toEqual([expect.stringContaining('npm run remove-old-events')]);
  await expect(removeOldEvents(url(`/${NAME}`, USER))).rejects.toThrow('may not do this');
  expect((await db.rows('SELECT COUNT(*) AS n FROM events'))[0]).toEqual(total);

  expect(await removeOldEvents(url(`/${NAME}`))).toBe(
    '3 events were older than 3000 days and are removed.\n',
  );
  expect(await removeOldEvents(url(`/${NAME}`))).toBe(
    '0 events were older than 3000 days and are removed.\n',
  );
  expect((await db.rows('SELECT COUNT(*) AS n FROM events'))[0]).toEqual({ n: total.n - 3 });
  await owner.end();
});

test('every committed event reaches the trail, also after numbering was blocked', async () => {
  const numbering = await createConnection({ uri: gateway.settings.databaseUrl });
  await numbering.beginTransaction();
  await numbering.query('SELECT last FROM sequencer WHERE id = 1 FOR UPDATE');
  const { signOut } = (
    await gateway.send(
      await newSession(gateway, 'manager2@bss.example'),
      'mutation { signOut { errors { code } } }',
    )
  ).data;
  expect(signOut.errors).toEqual([]);
  let isNumbered = false;
  const waiting = numbered(gateway).then(() => {
    isNumbered = true;
  });
  await gateway.app.deps.events.catchUp();
  expect(isNumbered).toBe(false);
  await numbering.rollback();
  await numbering.end();
  await waiting;
  const { data } = await trail('admin@bss.example', { filter: { types: ['user.signed-out'] } });
  expect(data.auditTrail.nodes.length).toBeGreaterThan(0);
});

// Last, because the log goes on behind it.
test('an entry has its position in the log, also beyond 32 bits', async () => {
  await gateway.rows(
    `INSERT INTO events (seq, type, occurredAt, message, data) VALUES (3000000000, 'user.changed', NOW(3), 'late', '{}')`,
  );
  const { data, errors } = await trail('admin@bss.example', { first: 1 });
  expect(errors).toBeUndefined();
  expect(data.auditTrail.nodes).toMatchObject([{ seq: '3000000000', message: 'late' }]);
});
