import { User } from '../../entities';
import { Refusal, simple } from '../../errors';
import { type Context, createContext } from '../context';
import { findActor } from './actors';
import { hashPassword, verifyPassword } from './passwords';
import type { IssuedToken } from './tokens';

/** A signed-in user, its token, and the context of what it may see. */
export interface SignedIn extends IssuedToken {
  user: User;
  context: Context;
}

/** Compared with where there is no such user, so that the answer takes as long. */
const nobody = hashPassword('nobody');

/** Gives a token for an e-mail (any case) and its password; refuses with WRONG_CREDENTIALS, whichever is wrong. */
export async function signIn(
  context: Context,
  input: { email: string; password: string },
): Promise<SignedIn> {
  const user = await context.db.one(User, 'WHERE t.email = ?', [
    input.email.trim().toLowerCase().slice(0, 255),
  ]);
  const matches = await verifyPassword(input.password, user?.passwordHash ?? (await nobody));
  const actor = user && matches ? await findActor(context.db, user.id) : null;
  if (!user || !actor) {
    throw new Refusal([simple('WRONG_CREDENTIALS', 'E-mail or password is wrong.')]);
  }
  const issued = await context.tokens.issue(user.id);
  return { ...issued, user, context: createContext(context, actor, context.requestId, context.signal) };
}
