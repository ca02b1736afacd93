import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Compatible } from './rolling';
import { addColumn, dropColumn } from './steps';

/** Tables with a reference, the expression of its tenant, and its unique key. */
const REFERENCES = [
  ['accounts', `ifnull(resellerId, '')`, 'one_account_of_a_reference'],
  ['orders', 'ifnull(resellerId, recipientId)', 'one_order_of_a_reference'],
  ['subscriptions', 'ifnull(resellerId, accountId)', 'one_subscription_of_a_reference'],
] as const;

const uniqueKey = (table: string, key: string) =>
  `CREATE UNIQUE INDEX ${key} ON ${table} (externalReference, referenceTenant)`;

const TEXT = 'varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL';
const METADATA = '`schema` = DATABASE() AND `table` = ? AND name = ?';

/** References of partners and of the distributor, each unique for its tenant, and purchase order numbers. */
export class References1796000000000 implements MigrationInterface, Compatible {
  name = 'References1796000000000';

  compatible = REFERENCES.map(([table, , key]) => ({
    statement: uniqueKey(table, key),
    because: 'The previous version writes no references, and rows without one are not compared.',
  }));

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, tenant, key] of REFERENCES) {
      await addColumn(runner, table, 'externalReference', TEXT);
      await addColumn(
        runner,
        table,
        'referenceTenant',
        `varchar(72) CHARACTER SET ascii COLLATE ascii_bin AS (${tenant}) STORED`,
      );
      await runner.query(`DELETE FROM typeorm_metadata WHERE ${METADATA}`, [table, 'referenceTenant']);
      await runner.query(
        `INSERT INTO typeorm_metadata (type, \`schema\`, \`table\`, name, value)
         VALUES ('GENERATED_COLUMN', DATABASE(), ?, ?, ?)`,
        [table, 'referenceTenant', tenant],
      );
      await runner.query(uniqueKey(table, key));
    }
    await addColumn(runner, 'orders', 'purchaseOrderNumber', TEXT);
    await runner.query('CREATE INDEX orders_by_purchase_order ON orders (purchaseOrderNumber)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX orders_by_purchase_order ON orders');
    await dropColumn(runner, 'orders', 'purchaseOrderNumber');
    for (const [table, , key] of REFERENCES) {
      await runner.query(`DROP INDEX ${key} ON ${table}`);
      await runner.query(`DELETE FROM typeorm_metadata WHERE ${METADATA}`, [table, 'referenceTenant']);
      await dropColumn(runner, table, 'referenceTenant');
      await dropColumn(runner, table, 'externalReference');
    }
  }
}
