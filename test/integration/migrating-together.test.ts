import 'reflect-metadata';
import { createConnection } from 'mysql2/promise';
import { pino } from 'pino';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { createDataSource, detectDialect } from '../../src/database';
import { withMigrationLock } from '../../src/database/migration-lock';
import { resumableMigration } from '../../src/database/resumable-migration';
import { emptySchema } from '../support/empty-schema';
import { until } from '../support/until';

const lines: { level: number; msg: string }[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
const sources: DataSource[] = [];
let url: string;
beforeEach(async () => {
  url = await emptySchema();
  lines.splice(0);
});
afterEach(async () => {
  for (const source of sources.splice(0)) await source.destroy();
});

async function open(migrations?: (new () => MigrationInterface)[]): Promise<DataSource> {
  const source = createDataSource(url, await detectDialect(url), 2, { log });
  if (migrations) source.setOptions({ migrations: migrations.map(resumableMigration) });
  sources.push(source);
  return source.initialize();
}
const migrate = (source: DataSource) => source.runMigrations({ transaction: 'each' });
const names = async (source: DataSource) =>
  (await source.query('SELECT name FROM migrations ORDER BY id')).map(({ name }: { name: string }) => name);

test('of four processes that migrate an empty database concurrently one does, and none fails', async () => {
  const all = await Promise.all([1, 2, 3, 4].map(() => open()));
  const done = await Promise.all(all.map(migrate));
  expect(done.filter(({ length }) => length > 0)).toHaveLength(1);
  const [source] = all as [DataSource];
  expect(await names(source)).toEqual(source.migrations.map(({ name }) => name));
});

class Failing1900000000000 implements MigrationInterface {
  name = 'Failing1900000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE nowhere ADD COLUMN more int NULL');
  }
  async down(): Promise<void> {}
}

test('a migration that fails is a line of the log, prints nothing, and lets the next process try', async () => {
  const printed = jest.spyOn(console, 'log').mockImplementation();
  for (const _ of [1, 2]) {
    await expect(migrate(await open([Failing1900000000000]))).rejects.toThrow("nowhere' doesn't exist");
  }
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
  const failed = expect.stringContaining('Migration "Failing1900000000000" failed');
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [40, failed],
    [40, failed],
  ]);
});

describe('while another process migrates', () => {
  /** Holds the lock until `release` is called. */
  async function held(work: (release: () => void) => Promise<void>): Promise<void> {
    let release: () => void = () => undefined;
    const released = new Promise<void>(resolve => {
      release = resolve;
    });
    let began: () => void = () => undefined;
    const locked = new Promise<void>(resolve => {
      began = resolve;
    });
    const holder = withMigrationLock({ uri: url }, () => {
      began();
      return released;
    });
    await locked;
    await work(release);
    release();
    await holder;
  }

  test('a process waits, logs once, and continues when the other ends', async () => {
    const source = await open();
    await held(async release => {
      const waiting = migrate(source);
      await until(() => lines.length > 0, { withinMs: 20_000 });
      expect(await source.query("SHOW TABLES LIKE 'migrations'")).toEqual([]);
      release();
      expect(await waiting).toHaveLength(source.migrations.length);
    });
    expect(lines.map(({ msg }) => msg)).toEqual(['waiting for another process that migrates the database']);
  });

  test('the wait has a bound', async () => {
    const work = jest.fn();
    await held(async () => {
      await expect(withMigrationLock({ uri: url }, work, { waitMs: 1 })).rejects.toThrow(
        'Another process has been migrating the database for too long.',
      );
    });
    expect(work).not.toHaveBeenCalled();
  });

  test('a process that is killed leaves no lock', async () => {
    const killed = createConnection(url);
    const connection = await killed;
    await withMigrationLock({ uri: url }, async () => undefined);
    await connection.beginTransaction();
    await connection.query('SELECT id FROM migration_lock WHERE id = 1 FOR UPDATE');
    connection.destroy();
    await withMigrationLock({ uri: url }, async () => undefined, { waitMs: 0 });
  });
});
