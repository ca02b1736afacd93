import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, dropColumn } from './steps';

const REASON = 'varchar(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NULL';

/** Time and reason of suspensions, and the reason of an operation that suspends. */
export class Suspensions1796300000000 implements MigrationInterface {
  name = 'Suspensions1796300000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'subscriptions', 'suspendedAt', 'datetime(3) NULL');
    await addColumn(runner, 'subscriptions', 'suspensionReason', REASON);
    await addColumn(runner, 'operations', 'suspensionReason', REASON);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumn(runner, 'operations', 'suspensionReason');
    await dropColumn(runner, 'subscriptions', 'suspensionReason');
    await dropColumn(runner, 'subscriptions', 'suspendedAt');
  }
}
