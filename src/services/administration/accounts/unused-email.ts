import { isDuplicate } from '../../../database';
import { Refusal, simple } from '../../../errors';
import { isAdministrator } from '../../../policies';
import type { ActorContext } from '../../context';
import { limitGuesses } from '../../identity/guess-limit';

/** Unavailable addresses that one user can try, and accounts that it can write at the same time. */
const LIMIT = 30;

/**
 * Runs `write`, and refuses with EMAIL_UNAVAILABLE if another account has the e-mail address, whoever owns it. For users
 * who do not see every account this is a guess, because the address may belong to another tenant.
 */
export async function refuseUnavailableEmail(
  { db, actor, address }: ActorContext,
  write: () => Promise<string>,
): Promise<string> {
  const attempt = () =>
    write().catch((error: unknown) => {
      if (isDuplicate(error, '')) return null;
      throw error;
    });
  const person = `accounts of ${actor.userId}`;
  const guess = {
    person,
    limit: LIMIT,
    address,
    wrong: 'unavailable e-mail addresses',
    attempts: 'changes of accounts',
  };
  const id = isAdministrator(actor) ? await attempt() : await limitGuesses(db, guess, attempt);
  if (id !== null) return id;
  throw new Refusal([
    simple('EMAIL_UNAVAILABLE', 'This e-mail address cannot be used. Choose another.', ['email']),
  ]);
}
