import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, dropColumn } from './steps';

/** Columns of `cancellation_requests`, with their definitions. */
const COLUMNS = [
  // The default gives existing requests, and those that the previous version opens, the only decider that they had.
  ['awaiting', `varchar(40) CHARACTER SET ascii COLLATE ascii_bin NULL DEFAULT 'DISTRIBUTOR'`],
  ['forwardedAt', 'datetime(3) NULL'],
] as const;

/** Decider that a cancellation request awaits. */
export class Deciders1796100000000 implements MigrationInterface {
  name = 'Deciders1796100000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [column, definition] of COLUMNS)
      await addColumn(runner, 'cancellation_requests', column, definition);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [column] of COLUMNS) await dropColumn(runner, 'cancellation_requests', column);
  }
}
