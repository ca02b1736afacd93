import { z } from 'zod';
import { User } from '../../entities';
import { Refusal, simple } from '../../errors';
import { authorize } from '../../policies';
import type { ActorContext } from '../context';
import { parseInput } from '../input';
import { chosenPassword } from './password-rule';
import { hashPassword, verifyPassword } from './passwords';
import { beginSession, endAllSessions } from './sessions';
import { type SignedIn, withToken } from './sign-in';

const passwordInput = z.object({ newPassword: chosenPassword });

/** Sets another password. Every session of the user ends, streams included; the caller gets a new one. */
export async function changePassword(
  context: ActorContext,
  input: { currentPassword: string; newPassword: string },
): Promise<SignedIn> {
  const { actor, db, attempts, address } = context;
  authorize(actor, 'changePassword');
  const { newPassword } = parseInput(passwordInput, input);
  const user = await attempts.guard(actor.userId, address, async () => {
    const found = await db.one(User, 'WHERE t.id = ?', [actor.userId]);
    return found && (await verifyPassword(input.currentPassword, found.passwordHash)) ? found : null;
  });
  if (!user) {
    throw new Refusal([simple('WRONG_CREDENTIALS', 'The current password is wrong.', ['currentPassword'])]);
  }
  const passwordHash = await hashPassword(newPassword);
  const session = await db.transaction(async tx => {
    await tx.update(User, { passwordHash, oneTimeUntil: null }, 't.id = ?', [user.id]);
    await endAllSessions(tx, user.id, 'The password was changed.', user.id);
    return beginSession(tx, user.id);
  });
  const changed = await db.one(User, 'WHERE t.id = ?', [user.id]);
  return withToken(context, changed ?? user, session);
}
