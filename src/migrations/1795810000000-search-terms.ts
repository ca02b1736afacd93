import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Words of rows, by which lists are searched. The gateway writes the words of rows that have none in the background:
 * rows from before, and rows that the version before inserts during a rolling upgrade.
 */
export class SearchTerms1795810000000 implements MigrationInterface {
  name = 'SearchTerms1795810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE search_terms (
         kind varchar(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
         term varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
         id varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
         PRIMARY KEY (kind, term, id),
         INDEX search_terms_by_row (id, term)
       ) ENGINE=InnoDB`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE search_terms');
  }
}
