import { parseArgs } from 'node:util';
import { type Logger, pino } from 'pino';
import { type Config, ConfigError, readConfig } from '../config';
import { createDataSource, Database, serverKind } from '../database';
import { createProviders } from '../provisioning';

/** What a command works with. */
export interface Command {
  db: Database;
  config: Config;
  providers: ReturnType<typeof createProviders>;
  log: Logger;
  /** The provider that was named, if one was. */
  name: string | undefined;
  /** Whether it was asked to change nothing. */
  dryRun: boolean;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  say: (line: string) => void;
}

/** The command was called wrongly; the message says how it is called. */
export class Usage extends Error {}

/**
 * Runs a command with the settings of `npm run serve`, and ends the process with what it resolves to. It prints what it
 * does; the log holds warnings, on standard error.
 */
export async function runCommand(work: (command: Command) => Promise<number>): Promise<void> {
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean', default: false } },
    });
    const config = readConfig(process.env);
    const { databaseUrl } = config;
    const source = createDataSource(databaseUrl, await serverKind(databaseUrl), 8);
    await source.initialize();
    const providers = createProviders(config);
    try {
      process.exitCode = await work({
        db: Database.over(source),
        config,
        providers,
        log: pino({ level: 'warn', redact: ['*.apiKey', '*.password'] }, pino.destination(2)),
        name: positionals[0],
        dryRun: values['dry-run'],
        signal: stopping.signal,
        say: line => void process.stdout.write(`${line}\n`),
      });
    } finally {
      for (const provider of providers.values()) provider.close();
      await source.destroy();
    }
  } catch (error) {
    const known = error instanceof ConfigError || error instanceof Usage;
    const words = known ? error.message : String((error as Error).stack ?? error);
    process.stderr.write(`${words}\n`);
    process.exitCode = 1;
  }
}
