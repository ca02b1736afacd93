import { z } from 'zod';
import { User } from '../../entities';
import { Refusal, requestError, simple } from '../../errors';
import { authorize } from '../../policies';
import { findById, lockUser, replacePassword } from '../../store';
import type { ActorContext } from '../context';
import { parseInput } from '../input';
import { lockActor } from './lock';
import { chosenPassword } from './password-rule';
import { hashPassword, verifyPassword } from './passwords';
import { beginSession, endAllSessions } from './sessions';
import { issueTokens, type SignedIn } from './sign-in';
import { limitSignInAttempts } from './sign-in-limit';

const passwordInput = z.object({ newPassword: chosenPassword });

const wrongPassword = () =>
  new Refusal([simple('WRONG_CREDENTIALS', 'The current password is wrong.', ['currentPassword'])]);

/** Replaces the password. All sessions of the user end, streams included; the caller gets a new one. */
export async function changePassword(
  context: ActorContext,
  input: { currentPassword: string; newPassword: string },
): Promise<SignedIn> {
  const { actor, db, address } = context;
  authorize(actor, 'changePassword');
  const { newPassword } = parseInput(passwordInput, input);
  const found = await findById(db, User, actor.userId);
  if (!found) throw requestError('UNAUTHENTICATED');
  const { passwordHash: verified, email } = found;
  const matches = await limitSignInAttempts(db, { email, address }, async () =>
    (await verifyPassword(input.currentPassword, verified)) ? true : null,
  );
  if (!matches) throw wrongPassword();
  const passwordHash = await hashPassword(newPassword);
  const { user, session } = await db.transaction(async tx => {
    await lockActor(tx, actor, 'changePassword');
    const replaced = { passwordHash, oneTimeUntil: null };
    if (!(await replacePassword(tx, found.id, verified, replaced))) throw wrongPassword();
    await endAllSessions(tx, found.id, 'The password was changed.', found.id);
    const user = await lockUser(tx, found.id);
    if (!user) throw new Error(`${found.id} is missing`);
    return { user, session: await beginSession(tx, user) };
  });
  return issueTokens(context, user, session);
}
