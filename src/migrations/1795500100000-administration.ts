import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'varchar(32) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'varchar(40) CHARACTER SET ascii COLLATE ascii_bin';
const MOMENT = 'datetime(3)';
const VERSION = 'version int NOT NULL DEFAULT 1';

const STATEMENTS = [
  `ALTER TABLE categories ADD ${VERSION}`,
  `ALTER TABLE products ADD ${VERSION}, ADD retiredAt ${MOMENT} NULL`,
  `ALTER TABLE addons ADD ${VERSION}, ADD retiredAt ${MOMENT} NULL`,
  `ALTER TABLE accounts ADD ${VERSION}, ADD deactivatedAt ${MOMENT} NULL`,
  `ALTER TABLE users ADD oneTimeUntil ${MOMENT} NULL, ADD ${VERSION}, ADD deactivatedAt ${MOMENT} NULL`,
  'CREATE INDEX IDX_51b8b26ac168fbe7d6f5653e6c ON users (name)',
  `ALTER TABLE prices ADD ${VERSION}, ADD validFrom ${MOMENT} NULL, ADD setById ${ID} NULL`,
  `CREATE TABLE past_prices (
    id ${ID} NOT NULL,
    priceListId ${ID} NOT NULL,
    itemId ${ID} NOT NULL,
    billingCycle ${WORD} NOT NULL,
    unitMinor bigint NOT NULL,
    version int NOT NULL,
    validFrom ${MOMENT} NULL,
    validUntil ${MOMENT} NOT NULL,
    setById ${ID} NULL,
    INDEX IDX_49ec092ecab2349976ef842666 (priceListId, itemId, billingCycle, id),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  'ALTER TABLE past_prices ADD CONSTRAINT FK_d0db744f0855ed59a41a7352667 FOREIGN KEY (priceListId) REFERENCES price_lists(id) ON DELETE NO ACTION ON UPDATE NO ACTION',
];

const DOWN = [
  'DROP TABLE past_prices',
  'ALTER TABLE prices DROP COLUMN version, DROP COLUMN validFrom, DROP COLUMN setById',
  'DROP INDEX IDX_51b8b26ac168fbe7d6f5653e6c ON users',
  'ALTER TABLE users DROP COLUMN oneTimeUntil, DROP COLUMN version, DROP COLUMN deactivatedAt',
  'ALTER TABLE accounts DROP COLUMN version, DROP COLUMN deactivatedAt',
  'ALTER TABLE addons DROP COLUMN version, DROP COLUMN retiredAt',
  'ALTER TABLE products DROP COLUMN version, DROP COLUMN retiredAt',
  'ALTER TABLE categories DROP COLUMN version',
];

/**
 * What administrators change: versions, what is retired or deactivated, passwords to begin with, and the prices of before.
 * Adds only: the version before runs beside it.
 */
export class Administration1795500100000 implements MigrationInterface {
  name = 'Administration1795500100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
