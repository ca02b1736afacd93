import 'reflect-metadata';
import { createConnection } from 'mysql2/promise';
import { pino } from 'pino';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner';
import { createDataSource, detectDialect, isOutage } from '../../src/database';
import { resumableMigration } from '../../src/database/resumable-migration';
import { run } from '../support/private-server';
import { startSample } from '../support/sample';

const server = process.env.TEST_DATABASE_URL ?? '';
const schema = (name: string) => `test_interrupted_${name}_w${process.env.JEST_WORKER_ID}`;
const made: string[] = [];
const sources: DataSource[] = [];

afterEach(async () => {
  jest.restoreAllMocks();
  for (const source of sources.splice(0)) await source.destroy();
  for (const name of made.splice(0)) await run(server, `DROP DATABASE ${name}`);
});

async function empty(name: string): Promise<void> {
  await run(server, `DROP DATABASE IF EXISTS ${schema(name)}`);
  await run(server, `CREATE DATABASE ${schema(name)} CHARACTER SET utf8mb4`);
}

async function open(name: string, migrations?: (new () => MigrationInterface)[]): Promise<DataSource> {
  const database = schema(name);
  if (!made.includes(database)) {
    await empty(name);
    made.push(database);
  }
  const url = new URL(`/${database}`, server).toString();
  const source = createDataSource(url, await detectDialect(url), 2, { log: pino({ enabled: false }) });
  if (migrations) source.setOptions({ migrations: migrations.map(resumableMigration) });
  sources.push(source);
  return source.initialize();
}

async function close(source: DataSource): Promise<void> {
  jest.restoreAllMocks();
  sources.splice(sources.indexOf(source), 1);
  await source.destroy();
}

const migrate = (source: DataSource) => source.runMigrations({ transaction: 'each' });

const PASSING = /^\s*(SELECT|SHOW|SET)\b/i;

/**
 * Ends the connection of a migration at the server, once for every statement that changes something and is `chosen`: when
 * it is done, or while it is carried out. Every run gets at least one statement further than the one before.
 */
function killOnce(met: Set<string>, when: 'after' | 'during', chosen = () => true) {
  let kills = 0;
  const query = MysqlQueryRunner.prototype.query as (...sending: any[]) => Promise<unknown>;
  let before = '';
  jest.spyOn(MysqlQueryRunner.prototype, 'query').mockImplementation(async function (
    this: MysqlQueryRunner,
    ...sending: any[]
  ) {
    const statement = JSON.stringify(sending.slice(0, 2));
    const point = `${statement} after ${before}`;
    const isNew = kills === 0 && !PASSING.test(sending[0]) && !met.has(point);
    before = statement;
    if (isNew) met.add(point);
    if (!isNew || !chosen()) return query.apply(this, sending);
    kills += 1;
    const { threadId } = await this.connect();
    const sent = query.apply(this, sending);
    sent.catch(() => undefined);
    if (when === 'after') await sent;
    await run(server, `KILL ${threadId}`);
    return sent;
  } as never);
  return () => kills;
}

/** Everything that migrations make: tables as the server shows them, and the rows that they insert. */
async function dump(name: string): Promise<object> {
  const connection = await createConnection(new URL(`/${schema(name)}`, server).toString());
  try {
    const [tables] = await connection.query<any[]>('SHOW TABLES');
    const names = tables.flatMap(row => Object.values(row) as string[]);
    const kept = names.filter(table => !['migration_lock', 'migration_statements'].includes(table));
    const found: Record<string, unknown> = {};
    for (const table of kept) {
      const [[made]] = await connection.query<any>(`SHOW CREATE TABLE ${table}`);
      const [rows] = await connection.query<any>(`SELECT * FROM ${table}`);
      const plain = rows.map(({ id: _, schema: __, ...row }: Record<string, unknown>) => row);
      found[table] = { made: String(made['Create Table']).replace(/ AUTO_INCREMENT=\d+/, ''), plain };
    }
    return found;
  } finally {
    await connection.end();
  }
}

const sample = startSample('interrupted migrations');

test.each(['after', 'during'] as const)(
  'migrations whose connection ends %s a statement end as those that run through',
  async when => {
    const whole = await open('whole');
    await migrate(whole);
    const met = new Set<string>();
    let killed = 0;
    for (let finished = false; !finished; ) {
      const source = await open('killed');
      const kills = killOnce(met, when, sample.plays);
      try {
        await migrate(source);
        finished = kills() === 0;
        // The statement was done before its connection ended, and the next one had a connection of its own.
        if (!finished) await empty('killed');
      } catch (error) {
        expect(kills()).toBe(1);
        expect(isOutage(error) || (error as { fatal?: boolean }).fatal).toBe(true);
      }
      killed += kills();
      await close(source);
    }
    // At least announced, made and finished, for each change of the schema.
    expect(met.size).toBeGreaterThan(3 * 60);
    expect(killed).toBeGreaterThan(0);
    expect(await dump('killed')).toEqual(await dump('whole'));
    await expect((await open('killed')).driver.createSchemaBuilder().log()).resolves.toMatchObject({
      upQueries: [],
    });
  },
  300_000,
);

class Backfill1900000000000 implements MigrationInterface {
  name = 'Backfill1900000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE filled (id int PRIMARY KEY AUTO_INCREMENT, value int NOT NULL) ENGINE=InnoDB',
    );
    await runner.query('INSERT INTO filled (value) VALUES (1), (2), (3)');
    await runner.query('UPDATE filled SET value = value * 10');
    await runner.query('ALTER TABLE filled ADD COLUMN more int NULL, ADD INDEX by_more (more)');
    await runner.query('DROP INDEX by_more ON filled');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE filled');
  }
}

test('rows are changed exactly once, and an index that is gone is not dropped twice', async () => {
  await migrate(await open('whole', [Backfill1900000000000]));
  const met = new Set<string>();
  for (let finished = false; !finished; ) {
    const source = await open('killed', [Backfill1900000000000]);
    const kills = killOnce(met, 'after');
    await migrate(source).catch(() => undefined);
    finished = kills() === 0;
    await close(source);
  }
  const source = await open('killed', [Backfill1900000000000]);
  expect(await source.query('SELECT value FROM filled ORDER BY id')).toEqual(
    [10, 20, 30].map(value => ({ value })),
  );
  expect(await dump('killed')).toEqual(await dump('whole'));
  await source.undoLastMigration({ transaction: 'each' });
  await migrate(source);
  expect(await source.query('SELECT COUNT(*) AS n FROM filled')).toEqual([{ n: 3 }]);
});

class Conflicting1900000000001 implements MigrationInterface {
  name = 'Conflicting1900000000001';
  static met = 0;
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX by_value ON filled (value)');
    await runner.query('UPDATE filled SET value = value + 1');
  }
  async down(): Promise<void> {}
}

test('a deadlock in a migration repeats the statement that met it', async () => {
  const source = await open('conflicts', [Backfill1900000000000, Conflicting1900000000001]);
  const query = MysqlQueryRunner.prototype.query as (...sending: any[]) => Promise<unknown>;
  const met: string[] = [];
  jest.spyOn(MysqlQueryRunner.prototype, 'query').mockImplementation(async function (
    this: MysqlQueryRunner,
    ...sending: any[]
  ) {
    if (/by_value|value \+ 1/.test(sending[0]) && !met.includes(sending[0])) {
      met.push(sending[0]);
      throw Object.assign(new Error('Deadlock found'), { errno: 1213 });
    }
    return query.apply(this, sending);
  } as never);
  await migrate(source);
  expect(met).toHaveLength(2);
  expect(await source.query('SELECT value FROM filled ORDER BY id')).toEqual(
    [11, 21, 31].map(value => ({ value })),
  );
});
