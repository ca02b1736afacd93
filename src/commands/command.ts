import { Command as Program } from 'commander';
import { type Logger, pino } from 'pino';
import { type Config, readConfig } from '../config';
import type { Database } from '../database';
import { createProviders } from '../providers';
import { explain, type Progress, startProgress } from '../terminal';
import { openSynchronized } from './open';

/** Values that the operations of a command need. */
export interface Command {
  db: Database;
  config: Config;
  providers: ReturnType<typeof createProviders>;
  log: Logger;
  /** Name of the provider in the arguments, if any. */
  name: string | undefined;
  /** Whether the command must not change anything. */
  dryRun: boolean;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  progress: Progress;
}

/** Creates the command line of `npm run NAME`. `--help` prints it; a wrong argument is one sentence and exit code 1. */
export function commandLine(name: string, description: string): Program {
  return new Program(`npm run ${name} --`)
    .description(description)
    .helpOption('-h, --help', 'Print this help.')
    .allowExcessArguments(false);
}

/** Settings that a command reads, for its help. */
const SETTINGS =
  '\nReads the settings of `npm run serve` from the environment (docs/configuration.md).\nExit codes: 0 success, 1 failure.';

/** Creates the command line of a command that works with providers. */
export function providerCommandLine(name: string, description: string, provider: string): Program {
  return commandLine(name, description)
    .argument(provider, 'name of a provider, such as impossible-cloud')
    .option('--dry-run', 'report what would change, and change nothing', false)
    .addHelpText('after', SETTINGS);
}

/** Runs `work` to its end. A failure is one sentence on standard error and exit code 1. */
export async function run(work: (progress: Progress) => Promise<number>): Promise<void> {
  const progress = startProgress();
  try {
    process.exitCode = await work(progress);
    progress.end();
  } catch (error) {
    progress.end();
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

/** Runs a command with the settings of `npm run serve`. The log has warnings only, on standard error. */
export function runWithSettings(
  program: Program,
  work: (command: Command) => Promise<number>,
): Promise<void> {
  program.parse();
  const { dryRun } = program.opts<{ dryRun: boolean }>();
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  return run(async progress => {
    const config = readConfig(process.env);
    const { db, close } = await openSynchronized({ ...config, databasePool: 8 });
    const providers = createProviders(config);
    try {
      return await work({
        db,
        config,
        providers,
        log: pino({ level: 'warn', redact: ['*.apiKey', '*.password'] }, pino.destination(2)),
        name: program.args[0],
        dryRun,
        signal: stopping.signal,
        progress,
      });
    } finally {
      for (const provider of providers.values()) provider.close();
      await close();
    }
  });
}
