import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'varchar(32) CHARACTER SET ascii COLLATE ascii_bin';
const HASH = 'char(64) CHARACTER SET ascii';

const TABLES = [
  `CREATE TABLE api_keys (
    id ${ID} NOT NULL,
    name varchar(255) NOT NULL,
    accountId ${ID} NOT NULL,
    userId ${ID} NOT NULL,
    createdById ${ID} NOT NULL,
    scopes json NOT NULL,
    secretHash ${HASH} NOT NULL,
    createdAt datetime(3) NOT NULL,
    expiresAt datetime(3) NOT NULL,
    lastUsedAt datetime(3) NULL,
    revokedAt datetime(3) NULL,
    INDEX IDX_4491c2ae1e1fb39a01403978eb (accountId, id),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  `CREATE TABLE sessions (
    id ${ID} NOT NULL,
    userId ${ID} NOT NULL,
    refreshHash ${HASH} NOT NULL,
    previousHash ${HASH} NULL,
    createdAt datetime(3) NOT NULL,
    rotatedAt datetime(3) NOT NULL,
    expiresAt datetime(3) NOT NULL,
    revokedAt datetime(3) NULL,
    INDEX IDX_50762206f116cd47d1c3fec396 (expiresAt),
    INDEX IDX_57de40bc620f456c7311aa3a1e (userId),
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
  'ALTER TABLE users ADD sessionVersion int NOT NULL DEFAULT 0',
  'ALTER TABLE api_keys ADD CONSTRAINT FK_31433c6dc638df169b9d4e9aeca FOREIGN KEY (accountId) REFERENCES accounts(id) ON DELETE NO ACTION ON UPDATE NO ACTION',
  'ALTER TABLE api_keys ADD CONSTRAINT FK_6c2e267ae764a9413b863a29342 FOREIGN KEY (userId) REFERENCES users(id) ON DELETE NO ACTION ON UPDATE NO ACTION',
  'ALTER TABLE api_keys ADD CONSTRAINT FK_bdf7b6da2e124011d405f5ce831 FOREIGN KEY (createdById) REFERENCES users(id) ON DELETE NO ACTION ON UPDATE NO ACTION',
  'ALTER TABLE sessions ADD CONSTRAINT FK_57de40bc620f456c7311aa3a1e6 FOREIGN KEY (userId) REFERENCES users(id) ON DELETE NO ACTION ON UPDATE NO ACTION',
];

/** Sessions with refresh tokens, and API keys. Adds only: the version before runs beside it. */
export class Identity1795400000000 implements MigrationInterface {
  name = 'Identity1795400000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sessions');
    await runner.query('DROP TABLE api_keys');
    await runner.query('ALTER TABLE users DROP COLUMN sessionVersion');
  }
}
