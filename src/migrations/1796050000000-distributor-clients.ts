import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Compatible } from './rolling';
import { addColumn, dropColumn } from './steps';

const ID = 'varchar(32) CHARACTER SET ascii COLLATE ascii_bin';
const TABLES = ['api_keys', 'webhooks'] as const;

const withAccount = (table: string, nullability: 'NULL' | 'NOT NULL') =>
  `ALTER TABLE ${table} MODIFY accountId ${ID} ${nullability}`;

/** API keys and webhooks without an account: those of the distributor. Webhooks repeat the events of a range. */
export class DistributorClients1796050000000 implements MigrationInterface, Compatible {
  name = 'DistributorClients1796050000000';

  compatible = TABLES.map(table => ({
    statement: withAccount(table, 'NULL'),
    because: 'The previous version always writes an account, and reads rows by account or by id.',
  }));

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(withAccount(table, 'NULL'));
    await addColumn(runner, 'webhooks', 'replayFrom', 'bigint NULL');
    await addColumn(runner, 'webhooks', 'replayUntil', 'bigint NULL');
    await runner.query('CREATE INDEX webhooks_by_replay ON webhooks (state, replayFrom)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX webhooks_by_replay ON webhooks');
    await dropColumn(runner, 'webhooks', 'replayUntil');
    await dropColumn(runner, 'webhooks', 'replayFrom');
    for (const table of TABLES) await runner.query(withAccount(table, 'NOT NULL'));
  }
}
