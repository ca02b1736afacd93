import type { Logger } from 'pino';
import { isDatabaseFault } from './faults';

/** Logs an error of background work, at debug level for database faults, which have log lines already. */
export function reportFault(log: Logger, error: unknown, message: string): void {
  log[isDatabaseFault(error) ? 'debug' : 'error']({ err: error }, message);
}
