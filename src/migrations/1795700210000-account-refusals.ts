import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The code of the fault that stopped the synchronization of an account: a refusal leaves nothing at the provider. */
export class AccountRefusals1795700210000 implements MigrationInterface {
  name = 'AccountRefusals1795700210000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE service_accounts ADD errorCode varchar(40) CHARACTER SET ascii COLLATE ascii_bin NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE service_accounts DROP COLUMN errorCode');
  }
}
