import 'reflect-metadata';
import { getHeapStatistics } from 'node:v8';
import type { Logger } from 'pino';
import { type AppOptions, startApp } from './app';
import { commandLine } from './commands/command';
import { ConfigError, readConfig } from './config';
import { setTotal } from './observability';

import { captureWarnings, complain, createLog } from './process-log';
import { END_MS } from './stop-times';

/** A gateway that serves, as whoever started the process sees it. */
export interface Gateway {
  url: string;
  metricsUrl?: string;
  log: Logger;
  /** Longest time in milliseconds that a stop takes, unless something hangs. */
  stopsInMs: number;
  /** Drains and stops. A second call ends the draining: claims are released, and connections are destroyed. */
  stop(reason?: string): Promise<void>;
  /** Resolves when it has stopped. */
  done: Promise<void>;
}

/** Least heap in megabytes: with less, a process under load ends within seconds. */
const LEAST_HEAP_MB = 256;
/** Milliseconds in which a process ends after a second signal. */
const HURRIED_END_MS = 3000;

/** Reads the settings, starts a gateway and reports where it listens. */
export async function runGateway(
  env: NodeJS.ProcessEnv,
  onListening: (address: { url: string; metricsUrl?: string }) => void = () => undefined,
  options: AppOptions = {},
): Promise<Gateway> {
  const config = readConfig(env);
  checkMemory();
  const { log, output } = createLog(config.logLevel);
  captureWarnings(log);
  const app = await startApp(config, log, options);
  const { metrics } = app.deps;
  metrics.onScrape(() => setTotal(metrics.process.droppedLines, output.dropped));
  onListening(app);
  let finished: () => void = () => undefined;
  const done = new Promise<void>(resolve => {
    finished = resolve;
  });
  let stopping = false;
  const stop = (reason = 'stop') => {
    if (stopping) {
      log.warn({ reason }, 'stopping now: claims are released, and connections are destroyed');
      app.hurry();
      return done;
    }
    stopping = true;
    log.info({ reason, drainMs: config.drainMs }, 'stopping: not ready any more');
    return app.stop().then(() => {
      log.info('stopped');
      finished();
    });
  };
  const { url, metricsUrl } = app;
  return { url, ...(metricsUrl && { metricsUrl }), log, stopsInMs: config.drainMs + END_MS, stop, done };
}

function checkMemory(): void {
  const megabytes = Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20);
  if (megabytes >= LEAST_HEAP_MB) return;
  throw new ConfigError(
    `The heap is limited to ${megabytes} MB, and the gateway needs at least ${LEAST_HEAP_MB} MB. ` +
      'Give the process more memory, or set NODE_OPTIONS=--max-old-space-size=512.',
  );
}

/** Stops the gateway at a signal, and ends the process when that takes too long. */
function stopAtSignals({ stop, stopsInMs, log }: Gateway): void {
  const endIn = (ms: number) =>
    setTimeout(() => {
      log.fatal('the stop took too long: the process ends now');
      process.exit(1);
    }, ms).unref();
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      signals += 1;
      if (signals === 1) endIn(stopsInMs);
      if (signals === 2) endIn(HURRIED_END_MS);
      stop(signal).catch((error: unknown) => {
        complain(error);
        process.exit(1);
      });
    });
  }
}

/** `npm run serve`: serves until a signal. */
async function main(): Promise<void> {
  commandLine(
    'serve',
    'Serves the graph until SIGINT, SIGTERM or SIGHUP. Settings are in docs/configuration.md.',
  ).parse();
  const gateway = await runGateway(process.env);
  stopAtSignals(gateway);
  const { url, metricsUrl, log } = gateway;
  // Written at every level: whoever starts gateways waits for it.
  log.child({}, { level: 'info' }).info({ url, metricsUrl }, `Skybasket listens at ${url}`);
  await gateway.done;
  // An exporter of traces whose collector is away goes on retrying.
  process.exit();
}

if (require.main === module) {
  process.on('uncaughtException', error => {
    complain(error);
    process.exit(1);
  });
  main().catch((error: unknown) => {
    complain(error);
    process.exitCode = 1;
  });
}
