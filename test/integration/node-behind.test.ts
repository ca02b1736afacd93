import 'reflect-metadata';
import { createDataSource, Database, detectDialect, isOutage } from '../../src/database';
import { destroyConnections } from '../../src/database/data-source';

const url = process.env.TEST_DATABASE_URL ?? '';

/** The database, each connection to which begins with `syncStatements`. */
async function beginningWith(syncStatements: readonly string[]) {
  const source = createDataSource(url, { ...(await detectDialect(url)), syncStatements }, 2);
  // Its connections are destroyed.
  await source.initialize().catch(() => undefined);
  return { db: Database.over(source), stop: () => destroyConnections(source) };
}

test('a statement at a node that lags fails as an outage, not as an error of the gateway', async () => {
  const { db, stop } = await beginningWith(['SELECT nothing FROM no_such_table']);
  const met = await db.rows('SELECT 1 AS one').catch((error: unknown) => error);
  expect(isOutage(met)).toBe(true);
  stop();
});

test('a server outside a cluster ignores the cluster variable', async () => {
  const { db, stop } = await beginningWith(['SET SESSION no_such_variable = 1']);
  expect(await db.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  stop();
});
