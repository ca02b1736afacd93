import { synchronize } from '../clock';
import type { DatabaseSettings } from '../config';
import { Database, openDatabase, serverTimeMs } from '../database';

/** Database of a command. */
export interface OpenedDatabase {
  db: Database;
  close(): Promise<void>;
}

/** Opens the database and synchronizes the process with its clock, because the clock of an operator's machine can be wrong. */
export async function openSynchronized(settings: DatabaseSettings): Promise<OpenedDatabase> {
  const { source } = await openDatabase(settings);
  const db = Database.over(source);
  const close = () => source.destroy();
  try {
    await synchronize(() => serverTimeMs(db));
    return { db, close };
  } catch (error) {
    await close();
    throw error;
  }
}
