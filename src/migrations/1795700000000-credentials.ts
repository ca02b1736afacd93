import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, dropColumn } from './steps';

const HASH = 'char(64) CHARACTER SET ascii';
const COLUMNS = [
  ['familyHash', `${HASH} NULL`],
  ['rotationSalt', `${HASH} NULL`],
  ['userVersion', 'int NULL'],
] as const;

/**
 * Refresh tokens that are recognized however old they are, and counts of wrong passwords that all processes share. Takes
 * passwords and sessions away from the users of API keys, as which nobody can sign in. Each statement can be repeated.
 */
export class Credentials1795700000000 implements MigrationInterface {
  name = 'Credentials1795700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE IF NOT EXISTS guess_counts (
        subject ${HASH} COLLATE ascii_bin NOT NULL,
        guesses int NOT NULL,
        endsAt datetime(3) NOT NULL,
        INDEX guess_counts_by_end (endsAt),
        PRIMARY KEY (subject)
      ) ENGINE=InnoDB`,
    );
    for (const [column, definition] of COLUMNS) await addColumn(runner, 'sessions', column, definition);
    await runner.query(
      `UPDATE users SET passwordHash = 'none', oneTimeUntil = NULL WHERE id IN (SELECT userId FROM api_keys)`,
    );
    await runner.query(
      `UPDATE sessions SET revokedAt = NOW(3)
       WHERE revokedAt IS NULL AND userId IN (SELECT userId FROM api_keys)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [column] of COLUMNS) await dropColumn(runner, 'sessions', column);
    await runner.query('DROP TABLE IF EXISTS guess_counts');
  }
}
