import { z } from 'zod';
import { currentTime } from '../../clock';
import type { Database } from '../../database';
import { PasswordReset, User } from '../../entities';
import { idOfToken } from '../../mail';
import {
  deleteExpiredResets,
  endPasswordResets,
  findActors,
  findById,
  findPerson,
  lockPasswordReset,
  lockUser,
  updateById,
} from '../../store';
import type { Context } from '../context';
import { parseInput } from '../input';
import { requireMail } from '../invitations/require-mail';
import { tokenInvalid } from '../invitations/token-invalid';
import { chosenPassword } from './password-rule';
import { hashPassword } from './passwords';
import { endAllSessions } from './sessions';

const resetInput = z.object({ newPassword: chosenPassword });

/** Maximum number of requests to delete in one statement. */
const BATCH = 500;

/** Sets a new password by the link of a mail, which works once. All sessions of the user end, streams included. */
export async function resetPassword(
  context: Context,
  input: { token: string; newPassword: string },
): Promise<void> {
  const { db } = context;
  const { tokens } = requireMail(context);
  const { newPassword } = parseInput(resetInput, input);
  const id = idOfToken('sbp', input.token);
  const seen = id && (await findById(db, PasswordReset, id));
  if (!seen || !tokens.matches('sbp', seen, input.token) || !isOpen(seen)) throw tokenInvalid();
  const passwordHash = await hashPassword(newPassword);
  await db.transaction(async tx => {
    const person = await findPerson(tx, seen.email);
    const user = person && (await lockUser(tx, person.id));
    const reset = await lockPasswordReset(tx, seen.id);
    // This call has set it already: the response of its COMMIT was lost.
    if (user?.passwordHash === passwordHash) return;
    // The address may belong to another user by now.
    const isSame = user?.email === seen.email && reset !== null && isOpen(reset);
    if (!isSame || !(await findActors(tx, [user.id])).has(user.id)) throw tokenInvalid();
    await updateById(tx, User, user.id, { passwordHash, oneTimeUntil: null });
    await endPasswordResets(tx, seen.email, currentTime());
    await endAllSessions(tx, user.id, 'The password was reset by a link.', user.id);
  });
}

const isOpen = ({ usedAt, expiresAt }: PasswordReset) => !usedAt && expiresAt > currentTime();

/** Removes a batch of expired requests. Resolves to whether there may be more. */
export const removeExpiredResets = async (db: Database): Promise<boolean> =>
  (await deleteExpiredResets(db, currentTime(), BATCH)) === BATCH;
