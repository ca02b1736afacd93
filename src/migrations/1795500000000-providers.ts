import type { MigrationInterface, QueryRunner } from 'typeorm';

const WORD = 'CHARACTER SET ascii COLLATE ascii_bin';

const TABLES = [
  'ALTER TABLE steps ADD ticket text NULL',
  `CREATE TABLE chores (
    name varchar(40) ${WORD} NOT NULL,
    dueAt datetime(3) NOT NULL,
    heldUntil datetime(3) NULL,
    token int NOT NULL,
    PRIMARY KEY (name)
  ) ENGINE=InnoDB`,
  `CREATE TABLE imported_items (
    provider varchar(40) ${WORD} NOT NULL,
    kind varchar(40) ${WORD} NOT NULL,
    code varchar(64) ${WORD} NOT NULL,
    said json NOT NULL,
    importedAt datetime(3) NOT NULL,
    PRIMARY KEY (provider, kind, code)
  ) ENGINE=InnoDB`,
  `CREATE TABLE catalog_imports (
    id varchar(32) ${WORD} NOT NULL,
    provider varchar(40) ${WORD} NOT NULL,
    state varchar(40) ${WORD} NOT NULL,
    userId varchar(32) ${WORD} NULL,
    total int NOT NULL,
    done int NOT NULL,
    changes json NOT NULL,
    error varchar(1000) NULL,
    startedAt datetime(3) NOT NULL,
    finishedAt datetime(3) NULL,
    PRIMARY KEY (id)
  ) ENGINE=InnoDB`,
];

/**
 * What asynchronous providers, the import of their catalogs and the reconciliation with them need. Adds only: the version
 * before runs beside it, and leaves a ticket alone by calling again, which is answered by the work under way.
 */
export class Providers1795500000000 implements MigrationInterface {
  name = 'Providers1795500000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['catalog_imports', 'imported_items', 'chores']) {
      await runner.query(`DROP TABLE ${table}`);
    }
    await runner.query('ALTER TABLE steps DROP COLUMN ticket');
  }
}
