import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, dropColumn } from './steps';

const ID = 'varchar(32) CHARACTER SET ascii COLLATE ascii_bin';
const CODE = 'varchar(40) CHARACTER SET ascii COLLATE ascii_bin';
const TEXT = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci';

const OPEN_SLOT = `if(state in ('PENDING', 'ACCEPTED'), subscriptionId, NULL)`;
const METADATA = `type = 'GENERATED_COLUMN' AND \`schema\` = DATABASE() AND \`table\` = 'subscription_changes'`;

/** Foreign keys, by table. */
const REFERENCES = [
  ['subscription_changes', 'FK_51b04fe3010adb7dd42314c02f0', 'subscriptionId', 'subscriptions'],
  ['subscription_changes', 'FK_a72e874ea3ba383092894925700', 'requestedById', 'users'],
  ['subscription_lots', 'FK_2f90ae89e5a0d99e43ebdc76202', 'operationId', 'operations'],
  ['subscription_lots', 'FK_d62dba96e1e9f8a353872ed21a6', 'subscriptionId', 'subscriptions'],
] as const;

/** Changes of subscriptions, their operations and events, and the lots of what a subscription holds. */
export class SubscriptionChanges1796200000000 implements MigrationInterface {
  name = 'SubscriptionChanges1796200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS subscription_changes (
        id ${ID} NOT NULL PRIMARY KEY,
        version int NOT NULL,
        state ${CODE} NOT NULL,
        subscriptionId ${ID} NOT NULL,
        openSlot varchar(72) CHARACTER SET ascii COLLATE ascii_bin
          AS (${OPEN_SLOT}) STORED,
        accountId ${ID} NOT NULL,
        resellerId ${ID} NULL,
        kinds json NOT NULL,
        awaiting ${CODE} NULL,
        forwardedAt datetime(3) NULL,
        \`before\` json NOT NULL,
        \`after\` json NOT NULL,
        added json NOT NULL,
        timing ${CODE} NOT NULL,
        effectiveAt datetime(3) NULL,
        reason varchar(1000) ${TEXT} NULL,
        requestedById ${ID} NOT NULL,
        requestedAt datetime(3) NOT NULL,
        decidedById ${ID} NULL,
        decidedAt datetime(3) NULL,
        decisionNote varchar(1000) ${TEXT} NULL,
        completedAt datetime(3) NULL,
        escalation int NOT NULL DEFAULT 0,
        UNIQUE KEY one_open_change (openSlot),
        KEY changes_by_account (accountId, id),
        KEY changes_by_reseller (resellerId, id),
        KEY changes_by_subscription (subscriptionId, id),
        KEY changes_by_state_and_effect (state, effectiveAt),
        KEY changes_by_state (state, id)
      ) ENGINE = InnoDB`);
    await runner.query(`
      CREATE TABLE IF NOT EXISTS subscription_lots (
        operationId ${ID} NOT NULL,
        itemId ${ID} NOT NULL,
        subscriptionId ${ID} NOT NULL,
        quantity int NOT NULL,
        unitMinor bigint NOT NULL,
        since datetime(3) NOT NULL,
        PRIMARY KEY (operationId, itemId),
        KEY lots_by_subscription (subscriptionId)
      ) ENGINE = InnoDB`);
    for (const [table, name, column, target] of REFERENCES) {
      await runner.query(
        `ALTER TABLE ${table} ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${target}(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
      );
    }
    await runner.query(`DELETE FROM typeorm_metadata WHERE ${METADATA}`);
    await runner.query(
      `INSERT INTO typeorm_metadata (type, \`schema\`, \`table\`, name, value)
       VALUES ('GENERATED_COLUMN', DATABASE(), 'subscription_changes', 'openSlot', ?)`,
      [OPEN_SLOT],
    );
    await addColumn(runner, 'operations', 'changeId', `${ID} NULL`);
    await addColumn(runner, 'events', 'changeId', `${ID} NULL`);
    await addColumn(runner, 'services', 'changePolicies', 'json NULL');
    await runner.query('CREATE INDEX operations_by_change ON operations (changeId)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX operations_by_change ON operations');
    await dropColumn(runner, 'services', 'changePolicies');
    await dropColumn(runner, 'events', 'changeId');
    await dropColumn(runner, 'operations', 'changeId');
    await runner.query(`DELETE FROM typeorm_metadata WHERE ${METADATA}`);
    await runner.query('DROP TABLE subscription_lots');
    await runner.query('DROP TABLE subscription_changes');
  }
}
