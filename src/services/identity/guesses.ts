import { createHash } from 'node:crypto';
import { type Database, list, type Transaction } from '../../database';
import { emailLookAlike } from '../../entities';
import { Refusal, simple } from '../../errors';
import type { Context } from '../context';

const WINDOW_MINUTES = 15;
/** Wrong passwords allowed in a window: for one person from any network, and from one network for any person. */
const MOST = { person: 10, network: 50 } as const;
/** Counts removed in one statement. */
const BATCH = 500;

/** The limit of each subject of an attempt, by the key of its row. */
type Limits = ReadonlyMap<string, number>;

/** In the order of their keys, so that two attempts lock the rows they share alike. */
function limitsOf(email: string, network: string): Limits {
  const texts = { person: emailLookAlike(email), network };
  const entries = (['person', 'network'] as const).map(kind => {
    const subject = createHash('sha256').update(`${kind} ${texts[kind]}`).digest('hex');
    return [subject, MOST[kind]] as const;
  });
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Runs `work`, which resolves to null where the password was wrong, and counts wrong ones in the database, for all
 * processes. An attempt counts from its beginning, so that guesses sent at once do not all get through; a right password
 * takes its own attempt back. Refuses with TOO_MANY_ATTEMPTS before `work` runs.
 */
export async function guardGuesses<T>(
  db: Database,
  { email, address }: { email: string; address: Context['address'] },
  work: () => Promise<T | null>,
): Promise<T | null> {
  const limits = limitsOf(email, address);
  await db.transaction(tx => count(tx, limits));
  const result = await work();
  if (result !== null) await takeBack(db, [...limits.keys()]);
  return result;
}

/** The refusal rolls the count back, so a window never holds more than its limit. */
async function count(tx: Transaction, limits: Limits): Promise<void> {
  const keys = [...limits.keys()];
  const end = `NOW(3) + INTERVAL ${WINDOW_MINUTES} MINUTE`;
  await tx.execute(
    `INSERT INTO guess_counts (subject, guesses, endsAt) VALUES ${keys.map(() => `(?, 1, ${end})`)}
     ON DUPLICATE KEY UPDATE guesses = IF(endsAt <= NOW(3), 1, guesses + 1),
       endsAt = IF(endsAt <= NOW(3), ${end}, endsAt)`,
    keys,
  );
  const rows = await tx.rows<{ subject: string; guesses: number; minutes: number }>(
    `SELECT subject, guesses, TIMESTAMPDIFF(MINUTE, NOW(3), endsAt) + 1 AS minutes FROM guess_counts
     WHERE subject IN ${list(keys)}`,
    keys,
  );
  const full = rows.filter(({ subject, guesses }) => guesses > (limits.get(subject) ?? 0));
  if (full.length === 0) return;
  const minutes = Math.max(...full.map(row => row.minutes));
  throw new Refusal([
    simple('TOO_MANY_ATTEMPTS', `Too many wrong passwords. Try again in ${minutes} minutes.`),
  ]);
}

async function takeBack(db: Database, keys: readonly string[]): Promise<void> {
  await db.execute(
    `UPDATE guess_counts SET guesses = guesses - 1 WHERE subject IN ${list(keys)} AND guesses > 0`,
    keys,
  );
}

/** Removes a batch of counts whose window is over. Resolves to whether there may be more. */
export async function removeOldGuessCounts(db: Database): Promise<boolean> {
  return (await db.execute(`DELETE FROM guess_counts WHERE endsAt <= NOW(3) LIMIT ${BATCH}`)) === BATCH;
}
