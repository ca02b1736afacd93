import 'reflect-metadata';
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { startApp } from './app';
import { commandLine } from './commands/command';
import { type Config, readConfig } from './config';
import { explain } from './terminal';

/** A gateway that serves, as whoever started the process sees it. */
export interface Gateway {
  /** Drains and stops. */
  stop(): Promise<void>;
  /** Resolves when it has stopped. */
  done: Promise<void>;
}

/** Reads the settings, starts a gateway and tells where it listens. */
export async function runGateway(
  env: NodeJS.ProcessEnv,
  onListening: (address: { url: string; metricsUrl?: string }) => void = () => undefined,
): Promise<Gateway> {
  const config = readConfig(env);
  const log = createLogger(config);
  const app = await startApp(config, log);
  onListening(app);
  let finished: () => void = () => undefined;
  const done = new Promise<void>(resolve => {
    finished = resolve;
  });
  return { stop: () => app.stop().then(finished), done };
}

/** JSON lines; pretty on a terminal. */
function createLogger({ logLevel }: Config): Logger {
  const redact = ['authorization', 'password', '*.authorization', '*.password', '*.apiKey'];
  const options = { level: logLevel, redact };
  return process.stdout.isTTY ? pino(options, pretty({ colorize: true })) : pino(options);
}

/** `npm run serve`: serves until a signal. */
async function main(): Promise<void> {
  commandLine(
    'serve',
    'Serves the graph until SIGINT or SIGTERM. Settings are in docs/configuration.md.',
  ).parse();
  const gateway = await runGateway(process.env, ({ url, metricsUrl }) => {
    process.stdout.write(`Skybasket listens at ${url}\n`);
    if (metricsUrl) process.stdout.write(`Metrics are at ${metricsUrl}\n`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => gateway.stop());
  await gateway.done;
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  });
}
