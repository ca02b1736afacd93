import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { type DatabaseServer, startDatabase } from '../../dev/local/database-server';
import { emptySchema } from '../support/empty-schema';
import { startOn, startTestGateway, type TestGateway, usualDatabase } from '../support/gateway';
import { run } from '../support/private-server';
import { shopper } from '../support/shop';

let server: DatabaseServer;
beforeAll(async () => {
  server = await startDatabase({ throwaway: true, log: () => undefined });
}, 60_000);
afterAll(() => server.stop());

const status = async () =>
  Number((await run(server.url, `SHOW GLOBAL STATUS LIKE 'Prepared_stmt_count'`))[0]?.Value);

/** Orders, lists and shops: what a gateway sends, over all of its connections. */
async function traffic(gateway: TestGateway): Promise<void> {
  const shop = shopper(gateway, 'sales@skyline.example');
  const order = await shop.order({ productId: demoId('prod', 'IC-BASE-1TB') }, accountId('Alpine Dental'));
  await gateway.settled();
  expect(order).toMatchObject({});
  const token = await gateway.token('sales@skyline.example');
  const queries = [
    '{ orders { totalCount nodes { id number lines { id unitPrice { amount } } operations { id steps { name state } } } } }',
    '{ subscriptions { totalCount nodes { id account { name } addons { quantity } operations { id } } } }',
    '{ accounts(first: 5) { nodes { id name } } }',
    '{ basket { id lines { id } } }',
  ];
  const answers = await Promise.all(
    [...queries, ...queries, ...queries].map(query => gateway.send(token, query)),
  );
  expect(answers.flatMap(({ errors = [] }) => errors)).toEqual([]);
}

test('a gateway keeps to its share of the prepared statements of the server', async () => {
  await run(server.url, 'SET GLOBAL max_prepared_stmt_count = 1000');
  const gateway = await startTestGateway(
    {},
    {
      databaseUrl: await emptySchema(server.url),
      databasePool: 5,
      database: usualDatabase({ preparedShare: 5 }),
    },
  );
  try {
    // 5 % of 1,000 over 5 connections: 10 each.
    await traffic(gateway);
    expect(gateway.app.deps.db.poolUsage.prepared).toBeLessThanOrEqual(50);
    expect(await status()).toBe(gateway.app.deps.db.poolUsage.prepared);
  } finally {
    await gateway.stop();
  }
}, 60_000);

test.each([0, 7])(
  'with a server limit of %i prepared statements every request is answered, over the text protocol',
  async room => {
    await run(server.url, 'SET GLOBAL max_prepared_stmt_count = 16382');
    const databaseUrl = await emptySchema(server.url);
    const gateway = await startTestGateway({}, { databaseUrl, databasePool: 5 });
    try {
      const other = await startOn(gateway.settings);
      await run(server.url, `SET GLOBAL max_prepared_stmt_count = ${room}`);
      await traffic(gateway);
      expect(gateway.app.deps.db.poolUsage.preparedRefused).toBeGreaterThan(0);
      expect((await gateway.rows('SELECT state FROM orders')).map(({ state }) => state)).toEqual([
        'COMPLETED',
      ]);
      await gateway.app.deps.metrics.scrape();
      await other.stop();
    } finally {
      await gateway.stop();
    }
  },
  60_000,
);

test('text and prepared statements return the same rows', async () => {
  await run(server.url, 'SET GLOBAL max_prepared_stmt_count = 16382');
  const databaseUrl = await emptySchema(server.url);
  const gateway = await startTestGateway({}, { databaseUrl });
  const text = await startOn({
    ...gateway.settings,
    database: usualDatabase({ preparedShare: 0 }),
  });
  try {
    await traffic(gateway);
    const tables = [
      'orders',
      'order_lines',
      'operations',
      'steps',
      'subscriptions',
      'events',
      'users',
      'prices',
    ];
    for (const table of tables) {
      const sql = `SELECT t.*, NULL AS nothing FROM ${table} t WHERE ? AND 1 = ? AND '2001-01-01' < ? ORDER BY 1, 2, 3`;
      const values = [true, 1, new Date('2002-02-02T02:02:02.222Z')];
      const prepared = await gateway.app.deps.db.rows(sql, values);
      expect(prepared.length).toBeGreaterThan(0);
      expect(await text.deps.db.rows(sql, values)).toEqual(prepared);
    }
    const quoted = [`a'b"c\\d?%\u0000\n`, null, false];
    const sql = 'SELECT ? AS text, ? AS nothing, ? AS no';
    const [one] = await gateway.app.deps.db.rows<{ text: string }>(sql, quoted);
    const [other] = await text.deps.db.rows<{ text: string }>(sql, quoted);
    expect([one?.text, other?.text]).toEqual([quoted[0], quoted[0]]);
    expect(text.deps.db.poolUsage.prepared).toBe(0);
  } finally {
    await text.stop();
    await gateway.stop();
  }
}, 60_000);
