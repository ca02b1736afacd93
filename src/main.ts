import 'reflect-metadata';
import { getHeapStatistics } from 'node:v8';
import type { Logger } from 'pino';
import { startApp } from './app';
import type { AppOptions } from './app-options';
import { commandLine } from './commands/command';
import { ConfigError, readConfig } from './config';
import { setTotal } from './observability';

import { captureWarnings, createLog, reportFatal } from './process-log';
import { STOP_TIMEOUT_MS } from './stop-times';

/** Running gateway of this process. */
export interface Gateway {
  url: string;
  metricsUrl?: string;
  log: Logger;
  /** Maximum duration of a stop, in milliseconds. */
  stopTimeoutMs: number;
  /** Drains and stops. A second call ends the draining: claims are released, and connections are destroyed. */
  stop(reason?: string): Promise<void>;
  /** Resolves when it has stopped. */
  done: Promise<void>;
}

/** Minimum heap in megabytes. With less, a process under load runs out of memory within seconds. */
const MIN_HEAP_MB = 256;
/** Timeout of a stop after a second signal, in milliseconds. */
const FORCED_STOP_MS = 3000;

/** Reads the settings, starts a gateway and reports where it listens. */
export async function runGateway(
  env: NodeJS.ProcessEnv,
  onListening: (address: { url: string; metricsUrl?: string }) => void = () => undefined,
  options: AppOptions = {},
): Promise<Gateway> {
  const config = readConfig(env);
  checkHeapLimit();
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
      app.forceStop();
      return done;
    }
    stopping = true;
    log.info({ reason, drainMs: config.drainMs }, 'stopping: no longer ready');
    return app.stop().then(() => {
      log.info('stopped');
      finished();
    });
  };
  const { url, metricsUrl } = app;
  return {
    url,
    ...(metricsUrl && { metricsUrl }),
    log,
    stopTimeoutMs: config.drainMs + STOP_TIMEOUT_MS,
    stop,
    done,
  };
}

function checkHeapLimit(): void {
  const megabytes = Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20);
  if (megabytes >= MIN_HEAP_MB) return;
  throw new ConfigError(
    `The heap is limited to ${megabytes} MB, and the gateway needs at least ${MIN_HEAP_MB} MB. ` +
      'Give the process more memory, or set NODE_OPTIONS=--max-old-space-size=512.',
  );
}

/** Stops the gateway on a signal. Ends the process when the stop exceeds its timeout. */
function stopOnSignals({ stop, stopTimeoutMs, log }: Gateway): void {
  const exitAfter = (ms: number) =>
    setTimeout(() => {
      log.fatal('the stop took too long: the process ends now');
      process.exit(1);
    }, ms).unref();
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      signals += 1;
      if (signals === 1) exitAfter(stopTimeoutMs);
      if (signals === 2) exitAfter(FORCED_STOP_MS);
      stop(signal).catch((error: unknown) => {
        reportFatal(error);
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
  stopOnSignals(gateway);
  const { url, metricsUrl, log } = gateway;
  // Logged at every level: programs that start gateways wait for this line.
  log.child({}, { level: 'info' }).info({ url, metricsUrl }, `Skybasket listens at ${url}`);
  await gateway.done;
  // The exporter of traces keeps retrying while its collector is unavailable.
  process.exit();
}

if (require.main === module) {
  process.on('uncaughtException', error => {
    reportFatal(error);
    process.exit(1);
  });
  main().catch((error: unknown) => {
    reportFatal(error);
    process.exitCode = 1;
  });
}
