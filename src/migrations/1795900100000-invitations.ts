import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'varchar(32) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'varchar(40) CHARACTER SET ascii COLLATE ascii_bin';
const EMAIL = 'varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';
const NONCE = 'char(64) CHARACTER SET ascii COLLATE ascii_bin';

const TABLES = [
  `CREATE TABLE invitations (
    id ${ID} NOT NULL,
    email ${EMAIL} NOT NULL,
    name varchar(255) NOT NULL,
    roles json NOT NULL,
    accountId ${ID} NULL,
    resellerId ${ID} NULL,
    userId ${ID} NULL,
    invitedById ${ID} NOT NULL,
    state ${WORD} NOT NULL,
    nonce ${NONCE} NOT NULL,
    mailId ${ID} NULL,
    expiresAt datetime(3) NOT NULL,
    createdAt datetime(3) NOT NULL,
    INDEX invitations_by_account (accountId, id),
    INDEX invitations_by_reseller (resellerId, id),
    INDEX invitations_by_email (email),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE password_resets (
    id ${ID} NOT NULL,
    email ${EMAIL} NOT NULL,
    nonce ${NONCE} NOT NULL,
    expiresAt datetime(3) NOT NULL,
    usedAt datetime(3) NULL,
    INDEX password_resets_by_expiry (expiresAt),
    INDEX password_resets_by_email (email),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
];

/** Foreign keys of the invitations, by column and table. */
const REFERENCES = [
  ['FK_ee84159b69a73b48c83ca488c87', 'accountId', 'accounts'],
  ['FK_c16fdad3aea7ec7b047aedb9afe', 'userId', 'users'],
  ['FK_b60325e5302be0dad38b423314c', 'invitedById', 'users'],
] as const;

/** Invitations and requests for a new password. */
export class Invitations1795900100000 implements MigrationInterface {
  name = 'Invitations1795900100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(table);
    for (const [name, column, table] of REFERENCES) {
      await runner.query(
        `ALTER TABLE invitations ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${table}(id) ON DELETE NO ACTION ON UPDATE NO ACTION`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['password_resets', 'invitations']) await runner.query(`DROP TABLE ${table}`);
  }
}
