import { createConnection } from 'mysql2/promise';
import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { ProvisioningOperation } from '../../src/entities';
import { claimJobs, type JobTable, releaseClaim } from '../../src/jobs/claims';
import { Lanes } from '../../src/jobs/lanes';
import { emptySchema } from '../support/empty-schema';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { shopper } from '../support/shop';
import { until } from '../support/until';

/** Short: ten leases pass while the database refuses writes. */
const LEASE_MS = 300;

let proxy: FaultProxy;
let gateway: TestGateway;
let owner: Awaited<ReturnType<typeof createConnection>>;
beforeAll(async () => {
  const databaseUrl = await emptySchema();
  proxy = await startFaultProxy(databaseUrl);
  owner = await createConnection(databaseUrl);
  gateway = await startTestGateway(
    {},
    { databaseUrl: proxy.url, leaseMs: LEASE_MS, provider: { timeoutMs: 250 } },
  );
});
afterAll(async () => {
  await gateway.stop();
  await owner.end();
  await proxy.stop();
});
beforeEach(() => gateway.reset());

const sold = ['IC-BASE-1TB'];
const order = () =>
  shopper(gateway, 'sales@skyline.example').order(
    { productId: demoId('prod', sold[0] as string) },
    accountId('Alpine Dental'),
  );
const rows = async (sql: string) => (await owner.query<any[]>(sql))[0];

test.each([1114, 1021, 1030])('orders survive error %i for longer than ten leases', async errno => {
  // MySQL and MariaDB let a trigger answer with any errno: every new step of an operation meets a full disk.
  await owner.query(
    `CREATE TRIGGER full BEFORE UPDATE ON steps FOR EACH ROW SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = ${errno}, MESSAGE_TEXT = 'full'`,
  );
  try {
    await order();
    await until(async () => (await rows('SELECT MAX(token) AS tokens FROM operations'))[0].tokens > 24);
    // Claimed and released twelve times, and none of them counts.
    expect((await rows('SELECT MAX(claims) AS claims FROM operations'))[0].claims).toBeLessThanOrEqual(1);
  } finally {
    await owner.query('DROP TRIGGER full');
  }
  await gateway.settled();
  expect((await rows('SELECT state FROM orders')).map(({ state }) => state)).toEqual(['COMPLETED']);
});

test('an operation whose connection breaks continues before its lease expires', async () => {
  const { db } = gateway.app.deps;
  const original = db.transaction.bind(db);
  const settled = jest.spyOn(db, 'transaction');
  let broken = 0;
  settled.mockImplementation(async work => {
    if (broken < 3 && (await rows(`SELECT 1 FROM operations WHERE state = 'RUNNING'`)).length > 0) {
      broken += 1;
      throw Object.assign(new Error('gone'), { errno: 2013 });
    }
    return original(work);
  });
  await order();
  await gateway.settled();
  settled.mockRestore();
  expect(broken).toBe(3);
  expect((await rows('SELECT state FROM orders')).map(({ state }) => state)).toEqual(['COMPLETED']);
});

const TABLE: JobTable<ProvisioningOperation> = {
  entity: ProvisioningOperation,
  name: 'operations',
  lane: 'provider',
};

test('a claim with a lost answer is recovered; released and lost claims are not', async () => {
  const { db } = gateway.app.deps;
  await order();
  await gateway.settled();
  await owner.query(`UPDATE operations SET provider = 'nobody', dueAt = NOW(3), owner = NULL, claims = 0`);
  const limits = { slots: 5, failureThreshold: 5, openMs: 100 };
  const room = new Lanes({
    limits,
    names: ['nobody'],
    countsAsFailure: () => false,
    onCircuitChange: () => undefined,
  });
  const execute = db.execute.bind(db);
  const spy = jest.spyOn(db, 'execute').mockImplementationOnce(async (sql, values) => {
    await execute(sql, values);
    throw Object.assign(new Error('gone'), { errno: 2013 });
  });
  const { jobs } = await claimJobs(db, TABLE, room, 60_000, 1000);
  spy.mockRestore();
  expect(jobs).toHaveLength(1);
  const job = jobs[0] as ProvisioningOperation;
  await releaseClaim(db, TABLE, job, 0);
  const after = 'SELECT token, claims, owner FROM operations';
  expect(await rows(after)).toEqual([{ token: job.token + 1, claims: 0, owner: null }]);
  await releaseClaim(db, TABLE, job, 0);
  expect(await rows(after)).toEqual([{ token: job.token + 1, claims: 0, owner: null }]);
  await owner.query(`UPDATE operations SET dueAt = NULL`);
});
