import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts claims that led nowhere. A process of the version before leaves the count at its default. */
export class Claims1795300100000 implements MigrationInterface {
  name = 'Claims1795300100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE operations ADD COLUMN claims int NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE operations DROP COLUMN claims');
  }
}
