import 'reflect-metadata';
import { createConnection } from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import {
  Cancelled,
  createDataSource,
  Database,
  DatabaseUnavailable,
  detectDialect,
  TimedOut,
} from '../../src/database';
import { untilLockWaits } from '../support/lock-waits';
import { run } from '../support/private-server';
import { until } from '../support/until';

const server = process.env.TEST_DATABASE_URL ?? '';
const name = `test_exhausted_w${process.env.JEST_WORKER_ID}`;
const url = new URL(`/${name}`, server).toString();
const POOL = 4;
const LOCK = 'SELECT id FROM wanted WHERE id = 1 FOR UPDATE';

let locker: Awaited<ReturnType<typeof createConnection>>;
const sources: DataSource[] = [];
beforeAll(async () => {
  await run(server, `DROP DATABASE IF EXISTS ${name}`);
  await run(server, `CREATE DATABASE ${name}`);
  await run(url, 'CREATE TABLE wanted (id int PRIMARY KEY, value int NOT NULL) ENGINE=InnoDB');
  await run(url, 'INSERT INTO wanted VALUES (1, 0)');
  locker = await createConnection(url);
});
beforeEach(async () => {
  await locker.beginTransaction();
  await locker.query(LOCK);
});
afterEach(async () => {
  await locker.rollback();
  for (const source of sources.splice(0)) await source.destroy();
});
afterAll(async () => {
  await locker.end();
  await run(server, `DROP DATABASE ${name}`);
});

async function open(statementTimeoutMs: number): Promise<Database> {
  const source = createDataSource(url, await detectDialect(url), POOL, { statementTimeoutMs });
  sources.push(source);
  return Database.over(await source.initialize());
}

const lockWaits = (count: number) =>
  untilLockWaits(
    sql => run(url, sql) as never,
    waits => waits === count,
  );

const increase = (db: Database) =>
  db
    .transaction(async tx => {
      await tx.rows(LOCK);
      await tx.execute('UPDATE wanted SET value = value + 1');
    })
    .catch((error: unknown) => error);

test('requests that wait for a lock on every connection end at their timeout, on the server too', async () => {
  const db = await open(60_000);
  const request = new AbortController();
  const stuck = Array.from({ length: 40 }, () => increase(db.metered(request.signal)));
  await lockWaits(POOL);
  expect(db.poolUsage).toMatchObject({ inUse: POOL, waiting: 36 });
  request.abort(new TimedOut());
  for (const error of await Promise.all(stuck)) expect(error).toBeInstanceOf(Cancelled);
  expect(db.poolUsage.waiting).toBe(0);
  // The lock is still held: nobody waits for it any more, and the pool serves others.
  expect(await db.rows('SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await lockWaits(0);
  await locker.rollback();
  expect(await run(url, 'SELECT value FROM wanted')).toEqual([{ value: 0 }]);
});

test('a client that disconnects while its statement waits for a connection leaves the queue', async () => {
  const db = await open(60_000);
  const request = new AbortController();
  const stuck = Array.from({ length: POOL }, () => increase(db.metered(request.signal)));
  await lockWaits(POOL);
  const leaving = new AbortController();
  const queued = db
    .metered(leaving.signal)
    .rows('SELECT 1 AS n')
    .catch((error: unknown) => error);
  await until(() => db.poolUsage.waiting === 1);
  leaving.abort();
  expect(await queued).toBeInstanceOf(Cancelled);
  expect(db.poolUsage.waiting).toBe(0);
  request.abort(new TimedOut());
  await Promise.all(stuck);
});

test('without a request timeout the statement timeout ends the wait for a connection', async () => {
  const db = await open(300);
  const changes: unknown[] = [];
  db.onHealth(now => changes.push(now));
  const stuck = Array.from({ length: 40 }, () => increase(db));
  const errors = await Promise.all(stuck);
  for (const error of errors) expect(error).toBeInstanceOf(DatabaseUnavailable);
  await lockWaits(0);
  expect(db.poolUsage).toMatchObject({ waiting: 0 });
  expect(await db.rows('SELECT 1 AS n')).toEqual([{ n: 1 }]);
  // Whoever holds the lock is late, not the database.
  expect(changes).toEqual([]);
});

test('idle connections stay open while the server answers others', async () => {
  const db = await open(300);
  await Promise.all(Array.from({ length: POOL }, () => db.rows('SELECT SLEEP(0.1)')));
  const stuck = db.execute('UPDATE wanted SET value = value + 1').catch((error: unknown) => error);
  await lockWaits(1);
  await db.rows('SELECT 1 AS n');
  expect(await stuck).toBeInstanceOf(DatabaseUnavailable);
  expect(db.poolUsage.idle).toBe(POOL - 1);
});

test('a read whose client disconnects ends on the server, and its connection is reused', async () => {
  const db = await open(60_000);
  const request = new AbortController();
  const connection = async () => (await db.rows<{ id: number }>('SELECT CONNECTION_ID() AS id'))[0]?.id;
  const first = await connection();
  const sleeping = () =>
    run(
      url,
      "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE 'SELECT SLEEP(30)%'",
    );
  const reading = db
    .metered(request.signal)
    .rows('SELECT SLEEP(30)')
    .catch((error: unknown) => error);
  await until(async () => (await sleeping()).length === 1);
  request.abort();
  expect(await reading).toBeInstanceOf(Cancelled);
  await until(() => db.poolUsage.inUse === 0);
  expect(await sleeping()).toEqual([]);
  expect(db.poolUsage.idle).toBe(1);
  expect(await connection()).toBe(first);
});
