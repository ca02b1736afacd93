import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes that give a page in its order, however many rows are sorted behind it. */
export class Pages1795600000000 implements MigrationInterface {
  name = 'Pages1795600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX IDX_2db43cdbf7bb862e577b5f540c ON accounts (name)');
    await runner.query('CREATE INDEX IDX_1c71a11fc736561a796da68d66 ON cancellation_requests (state, id)');
    await runner.query('CREATE INDEX IDX_cd06d97238ac7ed4e0c9b48b16 ON operations (state, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX IDX_cd06d97238ac7ed4e0c9b48b16 ON operations');
    await runner.query('DROP INDEX IDX_1c71a11fc736561a796da68d66 ON cancellation_requests');
    await runner.query('DROP INDEX IDX_2db43cdbf7bb862e577b5f540c ON accounts');
  }
}
