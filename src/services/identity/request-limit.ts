import type { Transaction } from '../../database';
import { addAttempts } from '../../store';
import { counterKey, findFull, tooMany, WINDOW_MINUTES } from './guess-limit';

/** Counter of requests: its kind and subject, and how many a window allows. */
export interface RequestCounter {
  kind: string;
  subject: string;
  limit: number;
}

/**
 * Counts a request in each of these counters, which the table of guesses keeps. Refuses with TOO_MANY_ATTEMPTS if one is
 * full; the refusal rolls the counts back.
 *
 * @param requests what there are too many of: `requests for a new password`.
 */
export async function countRequest(
  tx: Transaction,
  requests: string,
  counters: readonly RequestCounter[],
): Promise<void> {
  const limits = new Map(
    counters.map(({ kind, subject, limit }) => [counterKey(kind, subject), limit] as const),
  );
  await addAttempts(tx, [...limits.keys()], WINDOW_MINUTES);
  const full = await findFull(tx, limits);
  if (full.length > 0) throw tooMany(requests, full);
}
