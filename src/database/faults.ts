interface DatabaseError {
  errno?: number;
  code?: string;
  message?: string;
}

/** The server undid the transaction because of another one: nothing was written. */
const CONFLICT = new Set([
  1213, // deadlock, or on a Galera cluster a failed certification, which comes at COMMIT
  3101, // MySQL's Group Replication: another member's transaction was first
]);

const LOCK_TIMEOUT = 1205;

/** This server cannot now; another one, or the same a little later, can. */
const AWAY = new Set([
  1040, // too many connections
  1047, // the node has left its cluster's quorum
  1053, // it is shutting down
  1180, // COMMIT broke: the outcome is unknown, which every conditional or keyed write stands
  1290, // it has become read-only: the writer is another one by now
  1836, // the same, said otherwise
  1927, // the connection was killed
  2006, // the connection was lost
  2013,
]);

const LOST = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** The same unit of work may succeed if it is begun again at once. */
export function isConflict(error: unknown): boolean {
  return CONFLICT.has((error as DatabaseError).errno ?? 0);
}

/**
 * The server, or the connection to it, is away: what failed works again when one is back. Whether a COMMIT that failed
 * like this was done nobody knows.
 */
export function isOutage(error: unknown): boolean {
  const { code, errno, message } = error as DatabaseError;
  // The driver has no code for a statement that is sent after it has seen the connection end.
  return LOST.has(code ?? '') || AWAY.has(errno ?? 0) || /in closed state/.test(message ?? '');
}

/** The unique key `key` refused a row. */
export function isDuplicate(error: unknown, key: string): boolean {
  const { errno, message } = error as DatabaseError;
  return errno === 1062 && (message?.includes(key) ?? false);
}

/** A lock was not to be had in time. */
export function isLockTimeout(error: unknown): boolean {
  return (error as DatabaseError).errno === LOCK_TIMEOUT;
}
