import { MariadbMissing } from '../../src/local/find-mariadb';
import { startMariadb } from '../../src/local/mariadb';
import { shared } from './shared-database';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Starts one throwaway MariaDB for the whole run, unless the run is given one. */
export default async function globalSetup(): Promise<void> {
  if (process.env.TEST_DATABASE_URL) return;
  try {
    const server = await startMariadb({ throwaway: true, log: () => undefined });
    shared.testMariadb = server;
    process.env.TEST_DATABASE_URL = server.url;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => void server.stop().then(() => process.exit(130)));
    }
  } catch (error) {
    // Tests that need no database still run.
    if (!(error instanceof MariadbMissing)) throw error;
    say(error.message);
  }
}
