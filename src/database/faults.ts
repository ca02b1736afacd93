/** Error numbers after which the whole unit of work may be run again with a fresh transaction. */
const RESTART = new Set([
  1213, // deadlock, or on a cluster a failed certification at COMMIT: nothing was written
  1205, // lock wait timeout
  1047, // the node has left its cluster's quorum
  1180, // COMMIT broke: the outcome is unknown, which every conditional or keyed write stands
]);

const LOST = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'EPIPE',
  'ER_SERVER_SHUTDOWN',
  'ECONNREFUSED',
]);

interface DatabaseError {
  errno?: number;
  code?: string;
  message?: string;
}

/** The connection is gone, or cannot be had. */
export function isConnectionLost(error: unknown): boolean {
  const { code, errno, message } = error as DatabaseError;
  // The driver has no code for a statement that is sent after it has seen the connection end.
  return LOST.has(code ?? '') || errno === 2006 || errno === 2013 || /in closed state/.test(message ?? '');
}

/** Running the unit of work again may succeed. */
export function isPassing(error: unknown): boolean {
  return RESTART.has((error as DatabaseError).errno ?? 0) || isConnectionLost(error);
}

/** The unique key `key` refused a row. */
export function isDuplicate(error: unknown, key: string): boolean {
  const { errno, message } = error as DatabaseError;
  return errno === 1062 && (message?.includes(key) ?? false);
}

/** A lock was not to be had in time. */
export function isLockTimeout(error: unknown): boolean {
  return (error as DatabaseError).errno === 1205;
}
