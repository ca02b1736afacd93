import { basename, join } from 'node:path';
import { makeDataFolder } from '../local/data-folder';
import { openServerLog, type ServerLog } from '../local/server-log';
import type { NodePlace } from './place';

/** Creates the system tables of one node with the installer of its server. */
export async function makeSystemTables(
  { home, dataDir }: NodePlace,
  install: (home: string, folder: string, log: ServerLog) => Promise<void>,
): Promise<void> {
  const log = openServerLog(join(home, 'install.log'));
  try {
    await makeDataFolder(home, basename(dataDir), draft => install(home, draft, log));
  } finally {
    log.close();
  }
}
