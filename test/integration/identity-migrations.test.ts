import 'reflect-metadata';
import { typeid } from 'typeid-js';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { createDataSource } from '../../src/database';
import { detectDialect } from '../../src/database/data-source';
import { Credentials1795700000000 } from '../../src/migrations/1795700000000-credentials';
import { ExactEmails1795700010000 } from '../../src/migrations/1795700010000-exact-emails';
import { emptySchema } from '../support/empty-schema';

const emails = new ExactEmails1795700010000();
const credentials = new Credentials1795700000000();

let source: DataSource;
let runner: QueryRunner;
beforeAll(async () => {
  const url = await emptySchema();
  source = await createDataSource(url, await detectDialect(url), 2).initialize();
  await source.runMigrations({ transaction: 'each' });
  runner = source.createQueryRunner();
});
afterAll(async () => {
  await runner.release();
  await source.destroy();
});
beforeEach(async () => {
  await runner.query('DELETE FROM users');
  await emails.down(runner);
});

async function insertUser(email: string): Promise<string> {
  const id = typeid('usr').toString();
  await runner.query(
    `INSERT INTO users (id, name, email, roles, passwordHash) VALUES (?, 'Ada', ?, '[]', 'none')`,
    [id, email],
  );
  return id;
}
const stored = () => runner.query('SELECT email FROM users ORDER BY id');
const collation = async () => {
  const [column] = await runner.query(
    `SELECT COLLATION_NAME AS collation FROM information_schema.columns
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'users' AND COLUMN_NAME = 'email'`,
  );
  return column.collation;
};

/** A runner that fails when it is asked for statement number `fatal`. */
function dying(fatal: number): { runner: QueryRunner; sent: () => number } {
  let sent = 0;
  const query = (sql: string, values?: unknown[]) => {
    sent += 1;
    if (sent === fatal) throw new Error('killed');
    return runner.query(sql, values);
  };
  return { runner: { query } as unknown as QueryRunner, sent: () => sent };
}

/** Runs it once for each of its statements, killed before that one, and then again to the end. */
async function killedAnywhere(
  migration: MigrationInterface,
  before: () => Promise<unknown>,
): Promise<number> {
  for (let fatal = 1; ; fatal += 1) {
    await migration.down?.(runner);
    await before();
    const attempt = dying(fatal);
    try {
      await migration.up(attempt.runner);
      return attempt.sent();
    } catch (error) {
      expect((error as Error).message).toBe('killed');
      await migration.up(runner);
    }
  }
}

test('colliding or invalid e-mail addresses stop the migration, which names them and changes nothing', async () => {
  const ids = [];
  for (const email of [
    'ada@münchen.example',
    'ada@xn--mnchen-3ya.example',
    'ädmin@bss.example',
    'Eve@B.example',
  ])
    ids.push(await insertUser(email));
  const refused = emails.up(runner);
  await expect(refused).rejects.toThrow(
    `- users ${ids[0]} "ada@münchen.example" and users ${ids[1]} "ada@xn--mnchen-3ya.example" are both ada@xn--mnchen-3ya.example`,
  );
  await expect(refused).rejects.toThrow(`- users ${ids[2]} "ädmin@bss.example" is not an e-mail address`);
  await expect(refused).rejects.toThrow('run the migration again');
  expect((await stored())[3]).toEqual({ email: 'Eve@B.example' });
  expect(await collation()).toBe('utf8mb4_unicode_ci');

  await runner.query(`UPDATE users SET email = 'ada2@example.com' WHERE id = ?`, [ids[0]]);
  await runner.query(`UPDATE users SET email = 'admin2@example.com' WHERE id = ?`, [ids[2]]);
  await emails.up(runner);
  expect((await stored()).map(({ email }: { email: string }) => email)).toEqual([
    'ada2@example.com',
    'ada@xn--mnchen-3ya.example',
    'admin2@example.com',
    'eve@b.example',
  ]);
  expect(await collation()).toBe('utf8mb4_bin');
});

test('the addresses are migrated wherever an attempt before was killed', async () => {
  const statements = await killedAnywhere(emails, async () => {
    await runner.query('DELETE FROM users');
    await insertUser('ADA@example.com');
    await insertUser('ｅve@example.com');
  });
  expect(statements).toBe(6);
  expect(await stored()).toEqual([{ email: 'ada@example.com' }, { email: 'eve@example.com' }]);
  expect(await collation()).toBe('utf8mb4_bin');
});

test('sessions and counts are migrated wherever an attempt before was killed', async () => {
  expect(await killedAnywhere(credentials, async () => undefined)).toBe(9);
  const log = await source.driver.createSchemaBuilder().log();
  const own = log.upQueries.filter(({ query }) => /sessions|guess_counts/.test(query));
  expect(own).toEqual([]);
});
