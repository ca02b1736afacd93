import { format } from 'node:util';
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { LogStream } from './observability';
import { explain } from './terminal';

/** Log of a process, and its stream, which counts dropped lines. */
export interface ProcessLog {
  log: Logger;
  output: LogStream;
}

/** Creates the log on standard output: JSON lines, or readable lines on a terminal. */
export function createLog(level: string): ProcessLog {
  const redact = ['authorization', 'password', '*.authorization', '*.password', '*.apiKey'];
  const options = { level, redact };
  const output = new LogStream(process.stdout.fd);
  const log = process.stdout.isTTY ? pino(options, pretty({ colorize: true })) : pino(options, output);
  return { log, output };
}

/** Logs what libraries write to standard error, such as mysql2's "got packets out of order" after a frozen process. */
export function captureWarnings(log: Logger): void {
  const warn = (...parts: unknown[]) => log.warn(format(...parts));
  Object.assign(console, { warn, error: warn });
  process.removeAllListeners('warning').on('warning', warning => log.warn({ err: warning }, warning.message));
}

/** Reports on standard error why the process ends: a sentence on a terminal, a line of JSON elsewhere. */
export function reportFatal(error: unknown): void {
  const sentence = explain(error);
  if (process.stderr.isTTY) process.stderr.write(`${sentence}\n`);
  else pino({}, new LogStream(process.stderr.fd)).fatal(sentence);
}
