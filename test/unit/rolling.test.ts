import type { MigrationInterface, QueryRunner } from 'typeorm';
import { refusals } from '../../dev/migrations/rolling';
import { migrations } from '../../src/migrations';

const sending = (...statements: string[]): MigrationInterface => ({
  async up(runner: QueryRunner) {
    for (const statement of statements) await runner.query(statement);
  },
  async down() {},
});

const refused = async (...statements: string[]) =>
  (await refusals(sending(...statements), '0.2.0')).map(line => line.split(':')[0]);

test.each(migrations.map(Migration => [Migration.name, Migration] as const))(
  '%s runs while the version before serves',
  async (_, Migration) => expect(await refusals(new Migration(), '0.1.0')).toEqual([]),
);

test.each([
  ['DROP TABLE users', 'drops a table that the version before reads and writes'],
  ['RENAME TABLE users TO people', 'renames a table that the version before knows by its old name'],
  ['ALTER TABLE users RENAME TO people', 'renames what the version before knows by its old name'],
  ['ALTER TABLE users DROP COLUMN name', 'drops a column that the version before reads and writes'],
  ['alter table `users`\n  drop `name`', 'drops a column that the version before reads and writes'],
  [
    'ALTER TABLE users RENAME COLUMN name TO fullName',
    'renames what the version before knows by its old name',
  ],
  [
    'ALTER TABLE users CHANGE name name varchar(50)',
    'changes a column that the version before reads and writes',
  ],
  ['ALTER TABLE users MODIFY name text', 'changes a column that the version before reads and writes'],
  ['ALTER TABLE users ADD UNIQUE INDEX one_name (name)', 'refuses rows that the version before writes'],
  ['CREATE UNIQUE INDEX one_name ON users (name)', 'refuses rows that the version before writes'],
  [
    'ALTER TABLE users ADD CONSTRAINT FK_1 FOREIGN KEY (a) REFERENCES b(id)',
    'refuses rows that the version before writes',
  ],
  ['ALTER TABLE users DROP INDEX one_email', 'drops a key that rules or plans of the version before rest on'],
  ['TRUNCATE events', 'empties a table that the version before reads'],
  [
    'ALTER TABLE users ADD COLUMN phone varchar(20) NOT NULL',
    'adds a column that the version before leaves out of its inserts, and that has no default',
  ],
])('%s is refused', async (statement, why) => expect(await refused(statement)).toEqual([why]));

test.each([
  'CREATE TABLE phones (id int NOT NULL, PRIMARY KEY (id))',
  'ALTER TABLE users ADD phone varchar(20) NULL',
  `ALTER TABLE users ADD COLUMN phone varchar(20) NOT NULL DEFAULT ''`,
  `ALTER TABLE users ADD live tinyint AS (CASE WHEN name = 'DROP x, MODIFY y' THEN 1 END) STORED`,
  'ALTER TABLE users ADD INDEX by_name (name)',
  'ALTER TABLE users ADD teamId int NULL, ADD CONSTRAINT FK_1 FOREIGN KEY (teamId) REFERENCES teams(id)',
  'CREATE INDEX by_name ON users (name)',
  `INSERT INTO users (id) VALUES ('a')`,
])('%s may run', async statement => expect(await refused(statement)).toEqual([]));

test('every clause is checked', async () => {
  const statement = 'ALTER TABLE users ADD a int NULL, ADD b decimal(9,2) NOT NULL, DROP COLUMN c';
  expect(await refused(statement)).toEqual([
    'adds a column that the version before leaves out of its inserts, and that has no default',
    'drops a column that the version before reads and writes',
  ]);
});

test('a table of its own is free', async () => {
  const more = 'ALTER TABLE phones ADD CONSTRAINT FK_1 FOREIGN KEY (a) REFERENCES b(id)';
  expect(await refused('CREATE TABLE phones (a int)', more)).toEqual([]);
});

test('a removal names the last release that used the object, and ships in a later one', async () => {
  const contracting = (unusedAfter: string) =>
    Object.assign(sending('ALTER TABLE users DROP COLUMN name'), { contract: { unusedAfter } });
  expect(await refusals(contracting('0.9.0'), '0.10.0')).toEqual([]);
  expect(await refusals(contracting('0.10.0'), '0.10.0')).toEqual([
    'takes away what release 0.10.0 uses, and this is 0.10.0',
  ]);
  expect(await refusals(contracting('soon'), '0.10.0')).toEqual([
    'names no release in contract.unusedAfter: soon',
  ]);
});

test('only a statement that is listed with a reason can run', async () => {
  const statement = 'ALTER TABLE users MODIFY email text';
  const because = 'the version before writes what fits';
  const named = (...sent: string[]) =>
    Object.assign(sending(...sent), { compatible: [{ statement, because }] });
  expect(await refusals(named(statement), '0.2.0')).toEqual([]);
  expect(await refusals(named(statement, 'ALTER TABLE users MODIFY name text'), '0.2.0')).toEqual([
    'changes a column that the version before reads and writes: ALTER TABLE users MODIFY name text',
  ]);
});

test('an unreadable statement is rejected', async () => {
  const migration: MigrationInterface = {
    up: runner => runner.dropColumn('users', 'name'),
    async down() {},
  };
  expect(await refusals(migration, '0.2.0')).toEqual([
    'calls dropColumn: write SQL, so that it can be looked at',
  ]);
});
