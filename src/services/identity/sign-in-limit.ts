import type { Database } from '../../database';
import { emailSkeleton } from '../../entities';
import type { Context } from '../context';
import { limitGuesses } from './guess-limit';

/** Wrong passwords, and attempts under way, of one person from any network. */
const LIMIT = 10;

/** Limits the guesses of a password: `work` resolves to null if the password was wrong. */
export const limitSignInAttempts = <T>(
  db: Database,
  { email, address }: { email: string; address: Context['address'] },
  work: () => Promise<T | null>,
): Promise<T | null> =>
  limitGuesses(
    db,
    { person: emailSkeleton(email), limit: LIMIT, address, wrong: 'wrong passwords', attempts: 'sign-ins' },
    work,
  );
