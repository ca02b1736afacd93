import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, dropColumn } from './steps';

const ID = 'varchar(32) CHARACTER SET ascii COLLATE ascii_bin';
const CODE = 'CHARACTER SET ascii COLLATE ascii_bin';

/** Foreign keys of the ledger. */
const REFERENCES = [
  ['FK_652a8c6e7b224692a2e69e28369', 'accountId', 'accounts'],
  ['FK_39e4a34105c6618f3c081fe4338', 'subscriptionId', 'subscriptions'],
  ['FK_7e7df6aa4de18ecacd631ff8e20', 'orderId', 'orders'],
] as const;

/** Ledger of charges, and how far each subscription is charged. */
export class Charges1796400000000 implements MigrationInterface {
  name = 'Charges1796400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS charges (
        id ${ID} NOT NULL PRIMARY KEY,
        seq bigint NULL,
        kind varchar(40) ${CODE} NOT NULL,
        accountId ${ID} NOT NULL,
        subscriptionId ${ID} NOT NULL,
        orderId ${ID} NULL,
        itemId ${ID} NULL,
        line varchar(72) ${CODE} NOT NULL,
        periodStart datetime(3) NOT NULL,
        periodEnd datetime(3) NOT NULL,
        quantity int NOT NULL,
        unitMinor bigint NOT NULL,
        amountMinor bigint NOT NULL,
        currency varchar(3) ${CODE} NOT NULL,
        cause varchar(72) ${CODE} NOT NULL,
        reversesId ${ID} NOT NULL,
        reason varchar(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NULL,
        createdAt datetime(3) NOT NULL,
        UNIQUE KEY one_charge (subscriptionId, line, kind, periodStart, cause, reversesId),
        UNIQUE KEY one_charge_of_a_number (seq),
        KEY charges_by_payer (accountId, seq),
        KEY charges_by_subscription (subscriptionId, seq),
        KEY charges_by_order (orderId, seq),
        KEY charges_by_subscription_and_end (subscriptionId, periodEnd),
        KEY charges_by_start (periodStart),
        KEY charges_by_creation (createdAt)
      ) ENGINE = InnoDB`);
    for (const [name, column, target] of REFERENCES) {
      await runner.query(
        `ALTER TABLE charges ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${target}(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
      );
    }
    await addColumn(runner, 'sequencer', 'charged', 'bigint NOT NULL DEFAULT 0');
    // No event before this one is of a charge.
    await runner.query('UPDATE sequencer SET charged = last WHERE charged = 0');
    await addColumn(runner, 'subscriptions', 'chargedUntil', 'datetime(3) NULL');
    await runner.query(
      'CREATE INDEX subscriptions_by_state_and_charged_until ON subscriptions (state, chargedUntil)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX subscriptions_by_state_and_charged_until ON subscriptions');
    await dropColumn(runner, 'subscriptions', 'chargedUntil');
    await dropColumn(runner, 'sequencer', 'charged');
    await runner.query('DROP TABLE charges');
  }
}
