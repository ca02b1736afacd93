import type { QueryRunner } from 'typeorm';

/** Adds a column unless it is there: a migration that was interrupted is repeated from its beginning. */
export async function addColumn(
  runner: QueryRunner,
  table: string,
  column: string,
  definition: string,
): Promise<void> {
  if (!(await hasColumn(runner, table, column)))
    await runner.query(`ALTER TABLE ${table} ADD ${column} ${definition}`);
}

/** Drops a column unless it is gone. */
export async function dropColumn(runner: QueryRunner, table: string, column: string): Promise<void> {
  if (await hasColumn(runner, table, column))
    await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
}

async function hasColumn(runner: QueryRunner, table: string, column: string): Promise<boolean> {
  const found: unknown[] = await runner.query(
    `SELECT 1 FROM information_schema.columns
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '${table}' AND COLUMN_NAME = '${column}'`,
  );
  return found.length > 0;
}
