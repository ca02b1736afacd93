import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, dropColumn } from './steps';

const ID = 'varchar(32) CHARACTER SET ascii COLLATE ascii_bin';
const CODE = 'CHARACTER SET ascii COLLATE ascii_bin';

/** Retail amounts of orders and subscriptions, by table. Null in rows from before. */
const AMOUNTS = [
  ['orders', 'retailTotalMinor'],
  ['order_lines', 'retailUnitMinor'],
  ['order_lines', 'retailTotalMinor'],
  ['subscriptions', 'retailMinor'],
  ['subscription_lots', 'retailMinor'],
] as const;

/** Retail prices of resellers, and those that were valid for an order or a subscription. */
export class RetailPrices1796500000000 implements MigrationInterface {
  name = 'RetailPrices1796500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS retail_prices (
        resellerId ${ID} NOT NULL,
        itemId ${ID} NOT NULL,
        billingCycle varchar(40) ${CODE} NOT NULL,
        currency varchar(3) ${CODE} NOT NULL,
        unitMinor bigint NOT NULL,
        version int NOT NULL,
        validFrom datetime(3) NOT NULL,
        setById ${ID} NOT NULL,
        PRIMARY KEY (resellerId, itemId, billingCycle)
      ) ENGINE = InnoDB`);
    await runner.query(
      'ALTER TABLE retail_prices ADD CONSTRAINT FK_25515570455ef4224a4cc7f3afc FOREIGN KEY (resellerId) REFERENCES accounts(id) ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    for (const [table, column] of AMOUNTS) await addColumn(runner, table, column, 'bigint NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of AMOUNTS.toReversed()) await dropColumn(runner, table, column);
    await runner.query('DROP TABLE retail_prices');
  }
}
