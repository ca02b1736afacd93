import type { Logger } from 'pino';
import { isDatabaseFault } from './faults';

/**
 * Logs an error of background work. Database faults are logged at debug level, because the start and the end of an
 * outage have log lines of their own.
 */
export function reportFault(log: Logger, error: unknown, message: string): void {
  log[isDatabaseFault(error) ? 'debug' : 'error']({ err: error }, message);
}
