import 'reflect-metadata';
import { createConnection } from 'mysql2/promise';
import { grantsFor } from '../../src/database';
import { accountId } from '../../src/demo-data';
import { demoId } from '../../src/demo-data/ids';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { shopper } from '../support/shop';

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
  await owner.query(`CREATE OR REPLACE USER ${account} IDENTIFIED BY 'only for tests'`);
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
    nodes { seq type message by { email } account { name } orderId } } }`;
const trail = async (email: string, variables: object = {}) =>
  gateway.send(await gateway.token(email), TRAIL, variables);

test('who did what to what can be read by administrators, newest first, page by page', async () => {
  const reseller = shopper(gateway, 'sales@skyline.example');
  const { order } = await reseller.order(
    { productId: demoId('prod', 'IC-BASE-1TB') },
    accountId('Alpine Dental'),
  );
  await gateway.settled();
  await gateway.app.deps.events.catchUp();
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

test.each(['buyer@contoso.example', 'sales@skyline.example', 'manager@bss.example'])(
  '%s may not read it',
  async email => {
    const { data, errors } = await trail(email);
    expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([null, ['FORBIDDEN']]);
  },
);

test.each([
  'UPDATE events SET message = "nothing happened"',
  'UPDATE events SET userId = NULL WHERE userId IS NOT NULL',
  'DELETE FROM events',
  'TRUNCATE TABLE events',
  'DROP TABLE events',
  'ALTER TABLE events DROP COLUMN userId',
  'REPLACE INTO events (id, type, occurredAt, message, data) VALUES (1, "x", NOW(), "y", "{}")',
  'INSERT INTO events (id, type, occurredAt, message, data) VALUES (1, "x", NOW(), "y", "{}") ON DUPLICATE KEY UPDATE message = "z"',
])('the user that serves cannot %s', async statement => {
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

// Last, because the log goes on behind it.
test('an entry has its position in the log, beyond 32 bits too', async () => {
  await gateway.rows(
    `INSERT INTO events (seq, type, occurredAt, message, data) VALUES (3000000000, 'user.changed', NOW(3), 'late', '{}')`,
  );
  const { data, errors } = await trail('admin@bss.example', { first: 1 });
  expect(errors).toBeUndefined();
  expect(data.auditTrail.nodes).toMatchObject([{ seq: '3000000000', message: 'late' }]);
});
