import type { Logger } from 'pino';
import { isDatabaseFault } from './faults';

/**
 * Logs an error of background work. Faults of the database have one line when they begin and one when they end, so here
 * they are for debugging only.
 */
export function reportFault(log: Logger, error: unknown, message: string): void {
  log[isDatabaseFault(error) ? 'debug' : 'error']({ err: error }, message);
}
