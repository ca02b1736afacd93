import { createHash } from 'node:crypto';
import type { Database, Transaction } from '../../database';
import { Refusal, simple } from '../../errors';
import { addAttempts, deleteExpiredAttempts, findAttempts, subtractAttempts } from '../../store';

/** Minutes in which guesses are counted. */
export const WINDOW_MINUTES = 15;
/**
 * Attempts allowed in a window from one network. Wrong guesses, for any person. Attempts under way have a limit of their
 * own, because a whole office can sign in at the same time.
 */
const NETWORK_LIMITS = { network: 50, underWay: 200 } as const;
/** Maximum number of counts to delete in one statement. */
const BATCH = 500;

/** What is guessed: its counter, its limit in a window, and the messages of a refusal. */
export interface Guess {
  /** Key of the counter: wrong guesses and attempts under way, so that guesses sent at once do not all get through. */
  person: string;
  limit: number;
  /** Network of the caller. */
  address: string;
  /** Name of the wrong guesses: `wrong passwords`. */
  wrong: string;
  /** Name of the attempts: `sign-ins`. */
  attempts: string;
}

/** Keys of the counters of an attempt. */
type AttemptKeys = Readonly<Record<'person' | keyof typeof NETWORK_LIMITS, string>>;

/** Key of a counter, without what is counted in it. */
export const counterKey = (kind: string, text: string): string =>
  createHash('sha256').update(`${kind} ${text}`).digest('hex');

const attemptKeys = ({ person, address }: Guess): AttemptKeys => ({
  person: counterKey('person', person),
  network: counterKey('network', address),
  underWay: counterKey('underWay', address),
});

/**
 * Runs `work`, which resolves to null if the guess was wrong, and counts wrong guesses in the database, for all
 * processes. Neither a right guess nor an error of `work` is counted. Refuses with TOO_MANY_ATTEMPTS before `work` runs.
 */
export async function limitGuesses<T>(
  db: Database,
  guess: Guess,
  work: () => Promise<T | null>,
): Promise<T | null> {
  const subjects = attemptKeys(guess);
  const { person, network, underWay } = subjects;
  await db.transaction(tx => countAttempts(tx, guess, subjects));
  let result: T | null;
  try {
    result = await work();
  } catch (error) {
    // The fault of `work` is the one to report: a database that is away refuses this statement too.
    await subtractAttempts(db, [person, underWay]).catch(() => undefined);
    throw error;
  }
  if (result === null) await addAttempts(db, [network], WINDOW_MINUTES);
  await subtractAttempts(db, result === null ? [underWay] : [person, underWay]);
  return result;
}

/** A refusal rolls the counts back, so a window never holds more than its limit. */
async function countAttempts(
  tx: Transaction,
  { limit, wrong, attempts }: Guess,
  { person, network, underWay }: AttemptKeys,
): Promise<void> {
  await addAttempts(tx, [person, underWay], WINDOW_MINUTES);
  const allowed = new Map<string, number>([
    [person, limit],
    // Not counted yet: one more must fit.
    [network, NETWORK_LIMITS.network - 1],
    [underWay, NETWORK_LIMITS.underWay],
  ]);
  const full = await findFull(tx, allowed);
  if (full.length === 0) return;
  if (full.every(({ subject }) => subject === underWay)) {
    throw new Refusal([
      simple(
        'TOO_MANY_ATTEMPTS',
        `Too many ${attempts} at the same time from this network. Retry in a few seconds.`,
      ),
    ]);
  }
  throw tooMany(wrong, full);
}

/** Finds the counters that exceed their limits, each with the minutes until its window is over. */
export async function findFull(tx: Transaction, limits: ReadonlyMap<string, number>) {
  const rows = await findAttempts(tx, [...limits.keys()]);
  return rows.filter(({ subject, guesses }) => guesses > (limits.get(subject) ?? 0));
}

/** Refusal with TOO_MANY_ATTEMPTS until the windows of all full counters are over. `what` names what they count. */
export function tooMany(what: string, full: Awaited<ReturnType<typeof findFull>>): Refusal {
  const minutes = Math.max(...full.map(row => row.minutes));
  return new Refusal([simple('TOO_MANY_ATTEMPTS', `Too many ${what}. Retry in ${minutes} minutes.`)]);
}

/** Removes a batch of counts whose window is over. Resolves to whether there may be more. */
export async function removeExpiredAttempts(db: Database): Promise<boolean> {
  return (await deleteExpiredAttempts(db, BATCH)) === BATCH;
}
