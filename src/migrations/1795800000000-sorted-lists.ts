import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes by table, name and columns. */
const INDEXES = [
  ['orders', 'orders_by_placement', 'placedAt'],
  ['orders', 'orders_by_recipient_and_placement', 'recipientId, placedAt'],
  ['orders', 'orders_by_reseller_and_placement', 'resellerId, placedAt'],
  ['orders', 'orders_by_state_and_placement', 'state, placedAt'],
  ['orders', 'orders_by_recipient_and_number', 'recipientId, serial'],
  ['orders', 'orders_by_reseller_and_number', 'resellerId, serial'],
  ['subscriptions', 'subscriptions_by_creation', 'createdAt'],
  ['subscriptions', 'subscriptions_by_account_and_creation', 'accountId, createdAt'],
  ['subscriptions', 'subscriptions_by_reseller_and_creation', 'resellerId, createdAt'],
  ['subscriptions', 'subscriptions_by_state_and_creation', 'state, createdAt'],
  ['subscriptions', 'subscriptions_by_sync_state_and_creation', 'syncState, createdAt'],
  ['subscriptions', 'subscriptions_by_product_and_creation', 'productId, createdAt'],
  ['subscriptions', 'subscriptions_by_service_and_creation', 'serviceId, createdAt'],
  ['subscriptions', 'subscriptions_by_name', 'friendlyName'],
  ['subscriptions', 'subscriptions_by_reseller_and_name', 'resellerId, friendlyName'],
  ['subscriptions', 'subscriptions_by_period_end', 'currentPeriodEnd'],
  ['subscriptions', 'subscriptions_by_external_id', 'externalId'],
  ['orders', 'orders_by_placer_and_placement', 'placedById, placedAt'],
  ['order_lines', 'order_lines_by_product', 'productId, orderId'],
  ['accounts', 'accounts_by_reseller', 'resellerId, id'],
  ['accounts', 'accounts_by_kind_and_name', 'kind, name'],
  ['users', 'users_by_account_and_name', 'accountId, name'],
] as const;

/** Indexes of foreign keys, by table, name and column. The server drops them once an index above covers them. */
const COVERED = [
  ['subscriptions', 'FK_bdf71624451524f8cc15b1dce6c', 'productId'],
  ['subscriptions', 'FK_67771741aceff17690eb2921f87', 'serviceId'],
  ['order_lines', 'FK_9460dcd3abb5dda0ddbd372d161', 'productId'],
  ['orders', 'FK_35de74aaf8c97ad4ca9fc774189', 'placedById'],
  ['users', 'FK_42bba679e348de51a699fb0a803', 'accountId'],
] as const;

/** Indexes that give a page of a filtered list in each of its sort orders, without sorting the rows behind it. */
export class SortedLists1795800000000 implements MigrationInterface {
  name = 'SortedLists1795800000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, name, columns] of INDEXES) {
      await runner.query(`CREATE INDEX ${name} ON ${table} (${columns})`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, name, column] of COVERED) {
      await runner.query(`CREATE INDEX ${name} ON ${table} (${column})`);
    }
    for (const [table, name] of INDEXES) await runner.query(`DROP INDEX ${name} ON ${table}`);
  }
}
