import type { Database } from '../../database';
import { emailSkeleton } from '../../entities';
import { Refusal, simple } from '../../errors';
import { addAttempts, findAttempts } from '../../store';
import type { Context } from '../context';
import { counterKey, WINDOW_MINUTES } from './guess-limit';

/** Requests for a new password that are allowed in a window, apart from sign-ins: a locked out user needs one. */
const LIMITS = { 'reset person': 5, 'reset network': 50 } as const;

/** Counts a request for a new password. Refuses with TOO_MANY_ATTEMPTS, whether or not the address has a user. */
export async function countResetRequest(
  db: Database,
  { email, address }: { email: string; address: Context['address'] },
): Promise<void> {
  const allowed = new Map<string, number>([
    [counterKey('reset person', emailSkeleton(email)), LIMITS['reset person']],
    [counterKey('reset network', address), LIMITS['reset network']],
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
