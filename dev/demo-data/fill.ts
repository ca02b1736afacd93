import { type DatabaseSettings, readDatabase } from '../../src/config';
import { Database, migrate, openDatabase } from '../../src/database';
import { withFullMessage } from '../../src/terminal/explain';
import { insertDemoData } from './index';

/** Time that a database which is away has to come back. */
const WAIT_MS = 10_000;

/** Migrates a database, if `migrates`, and fills it with the demo data unless it has users. */
export async function fillDatabase(settings: DatabaseSettings, migrates = true): Promise<void> {
  const { source } = await openDatabase({ ...settings, databasePool: 2 }, { waitMs: WAIT_MS });
  try {
    if (migrates) await migrate(source).catch(withFullMessage);
    await insertDemoData(Database.over(source));
  } finally {
    await source.destroy();
  }
}

/** The same for a database that nothing is set about but its address. */
export const fillDatabaseAt = (url: string): Promise<void> =>
  fillDatabase(readDatabase({ DATABASE_URL: url }));
