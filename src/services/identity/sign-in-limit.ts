import { createHash } from 'node:crypto';
import type { Database, Transaction } from '../../database';
import { emailSkeleton } from '../../entities';
import { Refusal, simple } from '../../errors';
import { addAttempts, deleteExpiredAttempts, findAttempts, subtractAttempts } from '../../store';
import type { Context } from '../context';

const WINDOW_MINUTES = 15;
/**
 * Attempts allowed in a window. One person, from any network: wrong passwords and attempts under way, so that guesses sent
 * at once do not all get through. One network, for any person: wrong passwords. Attempts under way from a network have a
 * limit of their own, because a whole office can sign in at the same time.
 */
const LIMITS = { person: 10, network: 50, underWay: 200 } as const;
/** Maximum number of counts to delete in one statement. */
const BATCH = 500;

/** Keys of the counters of an attempt. */
type AttemptKeys = Readonly<Record<keyof typeof LIMITS, string>>;

const keyOf = (kind: string, text: string) => createHash('sha256').update(`${kind} ${text}`).digest('hex');

function attemptKeys(email: string, network: string): AttemptKeys {
  return {
    person: keyOf('person', emailSkeleton(email)),
    network: keyOf('network', network),
    underWay: keyOf('underWay', network),
  };
}

/**
 * Runs `work`, which resolves to null if the password was wrong, and counts wrong passwords in the database, for all
 * processes. Neither a right password nor an error of `work` is counted. Refuses with TOO_MANY_ATTEMPTS before `work` runs.
 */
export async function limitSignInAttempts<T>(
  db: Database,
  { email, address }: { email: string; address: Context['address'] },
  work: () => Promise<T | null>,
): Promise<T | null> {
  const subjects = attemptKeys(email, address);
  const { person, network, underWay } = subjects;
  await db.transaction(tx => countAttempts(tx, subjects));
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
async function countAttempts(tx: Transaction, { person, network, underWay }: AttemptKeys): Promise<void> {
  await addAttempts(tx, [person, underWay], WINDOW_MINUTES);
  const allowed = new Map<string, number>([
    [person, LIMITS.person],
    // Not counted yet: one more must fit.
    [network, LIMITS.network - 1],
    [underWay, LIMITS.underWay],
  ]);
  const rows = await findAttempts(tx, [...allowed.keys()]);
  const full = rows.filter(({ subject, guesses }) => guesses > (allowed.get(subject) ?? 0));
  if (full.length === 0) return;
  if (full.every(({ subject }) => subject === underWay)) {
    throw new Refusal([
      simple(
        'TOO_MANY_ATTEMPTS',
        'Too many sign-ins at the same time from this network. Retry in a few seconds.',
      ),
    ]);
  }
  const minutes = Math.max(...full.map(row => row.minutes));
  throw new Refusal([simple('TOO_MANY_ATTEMPTS', `Too many wrong passwords. Retry in ${minutes} minutes.`)]);
}

/** Requests for a new password that are allowed in a window, apart from sign-ins: a locked out user needs one. */
const RESET_LIMITS = { 'reset person': 5, 'reset network': 50 } as const;

/** Counts a request for a new password. Refuses with TOO_MANY_ATTEMPTS, whether or not the address has a user. */
export async function countResetRequest(
  db: Database,
  { email, address }: { email: string; address: Context['address'] },
): Promise<void> {
  const allowed = new Map<string, number>([
    [keyOf('reset person', emailSkeleton(email)), RESET_LIMITS['reset person']],
    [keyOf('reset network', address), RESET_LIMITS['reset network']],
  ]);
  await db.transaction(async tx => {
    await addAttempts(tx, [...allowed.keys()], WINDOW_MINUTES);
    const rows = await findAttempts(tx, [...allowed.keys()]);
    const full = rows.filter(({ subject, guesses }) => guesses > (allowed.get(subject) ?? 0));
    if (full.length === 0) return;
    const minutes = Math.max(...full.map(row => row.minutes));
    throw new Refusal([
      simple('TOO_MANY_ATTEMPTS', `Too many requests for a new password. Retry in ${minutes} minutes.`),
    ]);
  });
}

/** Removes a batch of counts whose window is over. Resolves to whether there may be more. */
export async function removeExpiredAttempts(db: Database): Promise<boolean> {
  return (await deleteExpiredAttempts(db, BATCH)) === BATCH;
}
