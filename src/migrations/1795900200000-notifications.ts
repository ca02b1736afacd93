import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, dropColumn } from './steps';

const ID = 'varchar(32) CHARACTER SET ascii COLLATE ascii_bin';

/** Columns by table, with their definitions. */
const COLUMNS = [
  ['users', 'mutedNotifications', 'json NULL'],
  ['users', 'deputyId', `${ID} NULL`],
  ['users', 'deputyFrom', 'datetime(3) NULL'],
  ['users', 'deputyUntil', 'datetime(3) NULL'],
  ['cancellation_requests', 'escalation', 'int NOT NULL DEFAULT 0'],
] as const;

const TABLES = [
  'CREATE TABLE mail_position (id tinyint NOT NULL, last bigint NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB',
  // Events of the past are no news.
  'INSERT INTO mail_position (id, last) SELECT 1, COALESCE(MAX(seq), 0) FROM events',
  `CREATE TABLE sign_in_addresses (
    userId ${ID} NOT NULL,
    addressHash char(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seenAt datetime(3) NOT NULL,
    PRIMARY KEY (userId, addressHash)
  ) ENGINE=InnoDB`,
];

/** Position of the mails in the event log, the choices of users, deputies, and addresses of sign-ins. */
export class Notifications1795900200000 implements MigrationInterface {
  name = 'Notifications1795900200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(table);
    for (const [table, column, definition] of COLUMNS) await addColumn(runner, table, column, definition);
    await runner.query('CREATE INDEX users_by_deputy ON users (deputyId)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX users_by_deputy ON users');
    for (const [table, column] of COLUMNS) await dropColumn(runner, table, column);
    for (const table of ['sign_in_addresses', 'mail_position']) await runner.query(`DROP TABLE ${table}`);
  }
}
