import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { grantsFor } from '../../dev/references/grants';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { newKey, shopper } from '../support/shop';
import { until } from '../support/until';
import { type OwnServer, startMysqlWith } from './support';

const SERVED = `'served'@'127.0.0.1'`;

/** A server as strict as a managed one. One user has migrated it; the gateway has another one with the least grants. */
let server: OwnServer;
let gateway: TestGateway;
beforeAll(async () => {
  server = await startMysqlWith([
    '--log-bin=binlog',
    '--server-id=1',
    '--gtid-mode=ON',
    '--enforce-gtid-consistency=ON',
    '--sql-require-primary-key=ON',
  ]);
  await server.admin('CREATE DATABASE strict CHARACTER SET utf8mb4');
  const first = await startTestGateway({}, { databaseUrl: server.url('strict') });
  await first.stop();
  await server.admin(`CREATE USER ${SERVED} IDENTIFIED BY 'secret'`, ...grantsFor('strict', SERVED));
  const databaseUrl = server.url('strict', 'served', 'secret');
  gateway = await startTestGateway({}, { databaseUrl, migrate: false, demoData: false });
}, 120_000);
afterAll(async () => {
  await gateway?.stop();
  await server?.stop();
});

test('the server is as strict as asked', async () => {
  const [row] = await server.admin(
    `SELECT @@log_bin AS log, @@binlog_format AS format, @@gtid_mode AS gtid,
       @@sql_require_primary_key AS requires, @@gtid_executed <> '' AS executed`,
  );
  expect(row).toEqual({ log: 1, format: 'ROW', gtid: 'ON', requires: 1, executed: 1 });
});

test('every table has a primary key, without one that the server has made', async () => {
  const without = await server.admin(
    `SELECT t.TABLE_NAME AS name FROM information_schema.TABLES t
     LEFT JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
       AND c.COLUMN_KEY = 'PRI' AND c.COLUMN_NAME <> 'my_row_id'
     WHERE t.TABLE_SCHEMA = 'strict' AND c.COLUMN_NAME IS NULL`,
  );
  expect(without).toEqual([]);
});

test('an order is completed by a user with the least grants, who can change no table and no event', async () => {
  const reseller = shopper(gateway, 'sales@skyline.example');
  const line = { productId: demoId('prod', 'IC-BASE-1TB') };
  const { order, errors } = await reseller.order(line, accountId('Alpine Dental'));
  expect(errors).toEqual([]);
  await gateway.settled();
  expect(await gateway.rows('SELECT state FROM orders WHERE id = ?', [order.id])).toEqual([
    { state: 'COMPLETED' },
  ]);
  for (const sql of [
    'DELETE FROM events',
    'UPDATE events SET type = ""',
    'CREATE TABLE mine (id int PRIMARY KEY)',
  ]) {
    await expect(gateway.rows(sql)).rejects.toThrow(/command denied/);
  }
});

test('a checkout waits while the server is read-only, and is done once', async () => {
  const buyer = shopper(gateway, 'buyer@northwind.example');
  await buyer.add({ productId: demoId('prod', 'IC-BASE-1TB') });
  const { basket } = await buyer.confirm();
  await server.admin('SET GLOBAL super_read_only = ON');
  const { db } = gateway.app.deps;
  expect(await db.readiness(2000)).toMatchObject({ ready: false, reads: true, writes: false });
  const before = db.restarts;
  const checkout = buyer.checkout({ basketId: basket.id, idempotencyKey: newKey() });
  await until(() => db.restarts > before);
  const placed = () => gateway.rows('SELECT id FROM orders WHERE basketId = ?', [basket.id]);
  expect(await placed()).toEqual([]);
  await server.admin('SET GLOBAL super_read_only = OFF', 'SET GLOBAL read_only = OFF');
  const { order, errors } = await checkout;
  expect(errors).toEqual([]);
  expect(await placed()).toEqual([{ id: order.id }]);
  await until(async () => (await db.readiness(2000)).ready);
});
