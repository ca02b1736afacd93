import { startDatabase } from '../../dev/local/database-server';
import { ServerMissing } from '../../dev/local/engine';
import { shared } from './shared-database';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Starts one throwaway server for the whole run, unless the run is given one. */
export default async function globalSetup(): Promise<void> {
  if (process.env.TEST_DATABASE_URL) return;
  try {
    const server = await startDatabase({ throwaway: true, log: () => undefined });
    shared.testServer = server;
    process.env.TEST_DATABASE_URL = server.url;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => void server.stop().then(() => process.exit(130)));
    }
  } catch (error) {
    // Tests that need no database still run.
    if (!(error instanceof ServerMissing)) throw error;
    say(error.message);
  }
}
