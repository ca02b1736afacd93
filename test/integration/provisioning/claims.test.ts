import { pino } from 'pino';
import { typeid } from 'typeid-js';
import { createDataSource, Database, detectDialect } from '../../../src/database';
import type { ProvisioningOperation } from '../../../src/entities';
import { CallNotPermitted, JobWorker } from '../../../src/jobs';
import { claimJobs, findClaimed, renewClaim } from '../../../src/jobs/claims';
import { Lanes } from '../../../src/jobs/lanes';
import { type ClaimedJob, Leases } from '../../../src/jobs/leases';
import { OPERATIONS } from '../../../src/provisioning/job-table';
import { emptySchema } from '../../support/empty-schema';
import { until } from '../../support/until';

const LEASE_MS = 60_000;

let source: ReturnType<typeof createDataSource>;
let db: Database;
beforeAll(async () => {
  const url = await emptySchema();
  source = createDataSource(url, await detectDialect(url), 12);
  await source.initialize();
  await source.runMigrations({ transaction: 'each' });
  db = Database.over(source);
});
afterAll(() => source.destroy());
beforeEach(() => db.rows('DELETE FROM operations'));

/** Operations that are due in so many milliseconds, without what they belong to: a claim looks at nothing else. */
async function operations(count: number, provider = 'a', inMs = 0): Promise<string[]> {
  const ids = Array.from({ length: count }, () => typeid('op').toString());
  await db.transaction(async tx => {
    await tx.execute('SET FOREIGN_KEY_CHECKS = 0');
    for (const id of ids) {
      await tx.execute(
        `INSERT INTO operations (id, kind, state, subscriptionId, accountId, requestedById, provider, addons, trackId,
           position, dueAt, token, createdAt)
         VALUES (?, 'DEPROVISION', 'PENDING', ?, ?, 'nobody', ?, '[]', 'trk', 0, NOW(3) + INTERVAL ? MICROSECOND, 0, NOW(3))`,
        [id, id, id, provider, inMs * 1000],
      );
    }
    await tx.execute('SET FOREIGN_KEY_CHECKS = 1');
  });
  return ids;
}

/** Lanes with room for so many jobs each. */
function lanesWith(slots: Record<string, number>): Lanes {
  const most = Math.max(...Object.values(slots));
  const limits = { slots: most, failureThreshold: 1, openMs: 1 };
  const lanes = new Lanes({
    limits,
    names: Object.keys(slots),
    countsAsFailure: () => true,
    onCircuitChange: () => undefined,
  });
  for (const [name, left] of Object.entries(slots))
    for (let taken = left; taken < most; taken += 1) lanes.acquire(name);
  return lanes;
}

const take = (slots: Record<string, number>, aheadMs = 0) =>
  claimJobs(db, OPERATIONS, lanesWith(slots), LEASE_MS, aheadMs);

async function takeOne(): Promise<ProvisioningOperation> {
  const [operation] = (await take({ a: 1 })).jobs;
  if (!operation) throw new Error('Nothing was claimed.');
  return operation;
}

const row = async (id: string) => (await db.rows('SELECT * FROM operations WHERE id = ?', [id]))[0];

/** As if the lease of everything had run out. */
const expire = () => db.execute('UPDATE operations SET dueAt = NOW(3) - INTERVAL 1 SECOND');

test('eight concurrent workers claim each operation once', async () => {
  const ids = await operations(60);
  const work = async () => {
    const mine: string[] = [];
    for (;;) {
      const { jobs: claimed } = await take({ a: 5 });
      mine.push(...claimed.map(({ id }) => id));
      const [open] = await db.rows<{ n: number }>('SELECT COUNT(*) AS n FROM operations WHERE token = 0');
      if (open?.n === 0) return mine;
    }
  };
  const all = await Promise.all(Array.from({ length: 8 }, work));
  expect(all.flat().sort()).toEqual([...ids].sort());
  expect(await db.rows('SELECT DISTINCT token, claims FROM operations')).toEqual([{ token: 1, claims: 1 }]);
});

test('a claim takes no more jobs than the provider has slots', async () => {
  await operations(5, 'a');
  await operations(5, 'b');
  await operations(5, 'c');
  const { jobs: claimed } = await take({ a: 2, b: 0, c: 9 });
  const count = (provider: string) => claimed.filter(operation => operation.provider === provider).length;
  expect([count('a'), count('b'), count('c')]).toEqual([2, 0, 5]);
});

test('a claim reports jobs that are due soon, and does not take them', async () => {
  const [id] = await operations(1, 'a', 30_000);
  expect(await take({ a: 1 }, 1000)).toEqual({ jobs: [] });
  const { jobs: claimed, nextInMs = 0 } = await take({ a: 1 }, 60_000);
  expect(claimed).toEqual([]);
  expect(nextInMs > 0 && nextInMs <= 30_000).toBe(true);
  expect(await row(id ?? '')).toMatchObject({ token: 0, owner: null });
});

test('a claim is exclusive until its lease expires; the next claim has another fencing token', async () => {
  await operations(1);
  const first = await takeOne();
  expect((await take({ a: 1 })).jobs).toEqual([]);
  await expire();
  const second = await takeOne();
  expect([first.token, second.token, second.claims]).toEqual([1, 2, 2]);
  expect(await findClaimed(db, OPERATIONS, first)).toBeUndefined();
  expect(await findClaimed(db, OPERATIONS, second)).toMatchObject({ id: first.id });
});

test('only the holder renews a claim, also before the work is RUNNING', async () => {
  await operations(1);
  const first = await takeOne();
  await expire();
  expect(await renewClaim(db, OPERATIONS, first, LEASE_MS)).toBe(true);
  expect((await take({ a: 1 })).jobs).toEqual([]);
  await expire();
  await takeOne();
  const before = await row(first.id);
  expect(await renewClaim(db, OPERATIONS, first, 2 * LEASE_MS)).toBe(false);
  expect(await row(first.id)).toEqual(before);
});

test('a late renewal does not revive finished work', async () => {
  await operations(1);
  const held = await takeOne();
  // As the spike had it: finished, and the token still that of the holder.
  await db.execute(`UPDATE operations SET state = 'SUCCEEDED', dueAt = NULL WHERE id = ?`, [held.id]);
  const before = await row(held.id);
  expect(await renewClaim(db, OPERATIONS, held, LEASE_MS)).toBe(false);
  expect(await row(held.id)).toEqual(before);
});

test('a call ends with its lease, also while a renewal waits', async () => {
  await operations(1);
  const job = await takeOne();
  const leaseMs = 300;
  const all = new Set<ClaimedJob<ProvisioningOperation>>();
  const leases = new Leases(db, OPERATIONS, leaseMs, () => all);
  const abort = new AbortController();
  const log = pino({ enabled: false });
  const held = { job, log, abort, leaseEndsAt: 0, done: Promise.resolve() };
  all.add(held);
  await db.transaction(async tx => {
    await tx.rows('SELECT id FROM operations WHERE id = ? FOR UPDATE', [job.id]);
    leases.extend(held, performance.now());
    leases.start();
    // The renewals wait for this transaction.
    await until(() => abort.signal.aborted);
    all.clear();
    leases.stop();
  });
});

test('a process that was paused beyond its lease makes no call, even before a timer has run', async () => {
  await operations(1);
  const leaseMs = 300;
  const outcomes: unknown[] = [];
  const worker = new JobWorker({
    db,
    table: OPERATIONS,
    topic: 'operations',
    log: pino({ enabled: false }),
    leaseMs,
    drainMs: 0,
    idleMs: 10_000,
    lanes: {
      limits: { slots: 1, failureThreshold: 1, openMs: 1 },
      names: ['a'],
      countsAsFailure: () => true,
      onCircuitChange: () => undefined,
    },
    logFields: () => ({}),
    run: async (_, { makeCall, currentSignal }) => {
      const call = () => makeCall(async () => 'called').catch(error => error);
      outcomes.push(await call(), currentSignal().aborted);
      const end = performance.now() + leaseMs + 1;
      while (performance.now() < end);
      outcomes.push(await call(), currentSignal().aborted);
    },
  });
  worker.start();
  await until(() => outcomes.length >= 4);
  await worker.stop();
  const ended = new CallNotPermitted('CLAIM_ENDED');
  expect(outcomes.slice(0, 4)).toEqual(['called', false, ended, true]);
});
