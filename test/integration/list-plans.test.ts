import { fillLists } from '../../bench/lib/fill-lists';
import { broadLists, listPlans } from '../../bench/lib/list-plans';
import { createDataSource, Database, detectDialect, type Transaction } from '../../src/database';
import type { Page } from '../../src/store';
import { startTestGateway, type TestGateway } from '../support/gateway';

const ROWS = 120_000;
/** Rows that a page reads at most, however many there are: counted, twice as they pass a temporary table, and read. */
const MOST = 50_000;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  const { db } = gateway.app.deps;
  await fillLists(db, (sql, values) => gateway.rows(sql, values), ROWS);
}, 240_000);
afterAll(() => gateway.stop());

/** Rows that the connection has read so far. */
async function rowsRead(tx: Transaction): Promise<number> {
  const counters = await tx.rows<{ Value: string }>(`SHOW SESSION STATUS LIKE 'Handler_read%'`);
  return counters.reduce((sum, { Value }) => sum + Number(Value), 0);
}

test('a list with a plan reads a bounded number of rows', async () => {
  const plans = listPlans();
  const over: [string, number][] = [];
  let found = 0;
  await gateway.app.deps.db.transaction(async tx => {
    for (const { name, read } of plans) {
      const before = await rowsRead(tx);
      found += (await read(tx)).nodes.length;
      const after = await rowsRead(tx);
      if (after - before > MOST) over.push([name, after - before]);
    }
  });
  expect(over).toEqual([]);
  expect(plans.length).toBeGreaterThan(2000);
  // Most of them find something: a bound on empty pages would show nothing.
  expect(found).toBeGreaterThan(plans.length);
}, 240_000);

test('the count of a list reads the smallest set that holds it, and no more', async () => {
  const lists = listPlans().filter(({ name }) =>
    /: (subscriptions|orders), time of \w+, by \w+ ASC$/.test(name),
  );
  const staff = lists.filter(({ name }) => /^(administrator|manager of half)/.test(name));
  expect(staff).toHaveLength(10);
  await gateway.app.deps.db.transaction(async tx => {
    for (const { name, read } of staff) {
      const page = (await read(tx)) as Page<unknown>;
      const before = await rowsRead(tx);
      const count = await page.count();
      const rows = (await rowsRead(tx)) - before;
      // A day has some hundred rows. Each is read, with its account and the reseller of it.
      expect([name, count > 100, rows < 10 * 400]).toEqual([name, true, true]);
    }
  });
});

test('a list without a bound ends with TOO_BROAD after its deadline, and its connection goes on', async () => {
  const { databaseUrl } = gateway.settings;
  const source = createDataSource(databaseUrl, await detectDialect(databaseUrl), 1, {
    statementTimeoutMs: 100,
  });
  await source.initialize();
  try {
    const db = Database.over(source);
    const ends: string[] = [];
    for (const { read } of broadLists()) {
      const end = await read(db).then(
        () => 'page',
        error => error.extensions?.code ?? error.message,
      );
      ends.push(end);
    }
    expect(new Set(ends)).toEqual(new Set(['page', 'TOO_BROAD']));
    expect(await db.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  } finally {
    await source.destroy();
  }
});
