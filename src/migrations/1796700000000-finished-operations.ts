import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Index of the operations that finished within a period. */
export class FinishedOperations1796700000000 implements MigrationInterface {
  name = 'FinishedOperations1796700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX operations_by_finish ON operations (finishedAt)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX operations_by_finish ON operations');
  }
}
