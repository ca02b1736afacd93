import { z } from 'zod';
import { currentTimeMs } from '../../clock';
import type { Database, Session, Transaction } from '../../database';
import { canonicalEmail, User } from '../../entities';
import { invalid, Refusal, simple } from '../../errors';
import { record } from '../../events';
import {
  createLoaders,
  findActors,
  findPerson as findPersonByEmail,
  lockUser,
  updateById,
} from '../../store';
import { type Context, derive } from '../context';
import { optional, parseInput } from '../input';
import { findActorOfToken } from './actors';
import { reportNewAddress } from './new-address';
import { chosenPassword } from './password-rule';
import { hashPassword, verifyPassword } from './passwords';
import { beginSession, type OpenSession, rotateSession } from './sessions';
import { limitSignInAttempts } from './sign-in-limit';
import type { IssuedToken } from './tokens';

/** Signed-in user with its tokens and its context. */
export interface SignedIn extends IssuedToken {
  refreshToken: string;
  user: User;
  context: Context;
}

const signInInput = z.object({ newPassword: optional(chosenPassword) });

/** Input of `signIn`. */
export interface SignInInput {
  email: string;
  password: string;
  /** Replaces a temporary password. Refused for any other password. */
  newPassword?: string | null;
}

/** Begins a session. WRONG_CREDENTIALS whichever is wrong; TOO_MANY_ATTEMPTS whether or not the user exists. */
export async function signIn(context: Context, input: SignInInput): Promise<SignedIn> {
  const { db, address } = context;
  const { newPassword } = parseInput(signInInput, input);
  const verified = await limitSignInAttempts(db, { email: input.email, address }, async () => {
    const found = await findPerson(db, input.email);
    const matches = await verifyPassword(input.password, found?.passwordHash);
    return found && matches && (await maySignIn(db, found)) ? found : null;
  });
  if (!verified) throw wrongCredentials();
  if (newPassword !== null && !verified.oneTimeUntil) {
    throw new Refusal([
      invalid(['newPassword'], 'The password is not temporary. Use changePassword to change it.'),
    ]);
  }
  const own = verified.oneTimeUntil ? await hashNewPassword(newPassword) : undefined;
  const { user, session } = await db.transaction(async tx => {
    const user = await lockUnchanged(tx, verified);
    if (own) await replacePassword(tx, user, own);
    record(tx, { type: 'user.signed-in', message: 'Signed in.', userId: user.id });
    await reportNewAddress(context, tx, user);
    return { user, session: await beginSession(tx, user) };
  });
  return issueTokens(context, user, session);
}

const wrongCredentials = () => new Refusal([simple('WRONG_CREDENTIALS', 'E-mail or password is wrong.')]);

/** Finds the person with this e-mail. Users of API keys cannot sign in. */
async function findPerson(db: Database, text: string): Promise<User | undefined> {
  const email = canonicalEmail(text);
  return email === undefined ? undefined : findPersonByEmail(db, email);
}

/** Whether neither the user nor its account is deactivated, and a temporary password has not expired. */
async function maySignIn(session: Session, { id, oneTimeUntil }: User): Promise<boolean> {
  if (oneTimeUntil && oneTimeUntil.getTime() <= currentTimeMs()) return false;
  return (await findActors(session, [id])).has(id);
}

/** Locks the user whose password was verified. Refuses if the password or the rights have changed. */
async function lockUnchanged(tx: Transaction, { id, passwordHash }: User): Promise<User> {
  const user = await lockUser(tx, id);
  if (user?.passwordHash !== passwordHash || !(await maySignIn(tx, user))) throw wrongCredentials();
  return user;
}

async function hashNewPassword(newPassword: string | null): Promise<string> {
  if (newPassword !== null) return hashPassword(newPassword);
  const message = 'The password is temporary. Sign in again and set `newPassword`.';
  throw new Refusal([simple('PASSWORD_CHANGE_REQUIRED', message, ['newPassword'])]);
}

async function replacePassword(tx: Transaction, user: User, passwordHash: string): Promise<void> {
  await updateById(tx, User, user.id, { passwordHash, oneTimeUntil: null });
  record(tx, { type: 'user.changed', message: 'The user has chosen a password.', userId: user.id });
}

/** Exchanges a refresh token for new tokens of the same session. */
export async function refresh(context: Context, refreshToken: string): Promise<SignedIn> {
  const { user, ...session } = await rotateSession(context.db, refreshToken);
  return issueTokens(context, user, session);
}

/** Issues the tokens of a session, and creates the context of its user. */
export async function issueTokens(
  context: Context,
  user: User,
  { sessionId, refreshToken }: OpenSession,
): Promise<SignedIn> {
  const claims = { userId: user.id, sessionId, sessionVersion: user.sessionVersion };
  const issued = await context.tokens.issue(claims);
  const actor = await findActorOfToken(context.db, claims);
  const own = derive(context, { actor, load: createLoaders(context.db, actor) });
  return { ...issued, refreshToken, user, context: own };
}
