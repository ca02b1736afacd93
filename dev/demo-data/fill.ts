import { type DatabaseSettings, readDatabase } from '../../src/config';
import { Database, migrate, openDatabase } from '../../src/database';
import { withFullMessage } from '../../src/terminal/explain';
import { insertDemoData } from './index';

/** Maximum wait for an unavailable database, in milliseconds. */
const WAIT_MS = 10_000;

/** Migrates a database if `migrates` is true, and inserts the demo data unless it has users. */
export async function fillDatabase(settings: DatabaseSettings, migrates = true): Promise<void> {
  const { source } = await openDatabase({ ...settings, databasePool: 2 }, { waitMs: WAIT_MS });
  try {
    if (migrates) await migrate(source).catch(withFullMessage);
    await insertDemoData(Database.over(source));
  } finally {
    await source.destroy();
  }
}

/** Fills the database at `url` with default settings. */
export const fillDatabaseAt = (url: string): Promise<void> =>
  fillDatabase(readDatabase({ DATABASE_URL: url }));
