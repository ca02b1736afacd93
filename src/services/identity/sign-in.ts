import { z } from 'zod';
import { currentTimeMs } from '../../clock';
import type { Database, Transaction } from '../../database';
import { User } from '../../entities';
import { Refusal, simple } from '../../errors';
import { record } from '../../events';
import { createLoaders } from '../../store';
import { type Context, derive } from '../context';
import { optional, parseInput } from '../input';
import { findActorOfToken, findActors } from './actors';
import { chosenPassword } from './password-rule';
import { hashPassword, verifyPassword } from './passwords';
import { beginSession, type OpenSession, rotateSession } from './sessions';
import type { IssuedToken } from './tokens';

/** A signed-in user, its tokens, and the context of what it may see. */
export interface SignedIn extends IssuedToken {
  refreshToken: string;
  user: User;
  context: Context;
}

/** Compared with where there is no such user, so that the answer takes as long. */
const nobody = hashPassword('nobody');

const signInInput = z.object({ newPassword: optional(chosenPassword) });

/** What `signIn` is asked with. */
export interface SignInInput {
  email: string;
  password: string;
  /** Takes the place of a password that was given to begin with; of no other. */
  newPassword?: string | null;
}

/**
 * Begins a session for an e-mail (any case) and its password; refuses with WRONG_CREDENTIALS, whichever is wrong, and
 * with TOO_MANY_ATTEMPTS where it was wrong too often, whether or not there is such a user.
 */
export async function signIn(context: Context, input: SignInInput): Promise<SignedIn> {
  const { db, attempts, address } = context;
  const { newPassword } = parseInput(signInInput, input);
  const email = input.email.trim().toLowerCase().slice(0, 255);
  const user = await attempts.guard(email, address, async () => {
    const found = await db.one(User, 'WHERE t.email = ?', [email]);
    const matches = await verifyPassword(input.password, found?.passwordHash ?? (await nobody));
    return found && matches && (await mayEnter(db, found)) ? found : null;
  });
  if (!user) throw new Refusal([simple('WRONG_CREDENTIALS', 'E-mail or password is wrong.')]);
  const own = user.oneTimeUntil ? await ownPassword(newPassword) : undefined;
  const session = await db.transaction(async tx => {
    if (own) await replacePassword(tx, user, own);
    record(tx, { type: 'user.signed-in', message: 'Signed in.', userId: user.id });
    return beginSession(tx, user.id);
  });
  return withToken(context, user, session);
}

/** Not one that is deactivated, itself or its account; not with a password to begin with that is too old. */
async function mayEnter(db: Database, { id, oneTimeUntil }: User): Promise<boolean> {
  if (oneTimeUntil && oneTimeUntil.getTime() <= currentTimeMs()) return false;
  return (await findActors(db, [id])).has(id);
}

async function ownPassword(newPassword: string | null): Promise<string> {
  if (newPassword !== null) return hashPassword(newPassword);
  const message = 'This password is only to begin with. Choose one of your own, and sign in with both.';
  throw new Refusal([simple('PASSWORD_CHANGE_REQUIRED', message, ['newPassword'])]);
}

/** Of two who use the password to begin with at once, one gets in. */
async function replacePassword(tx: Transaction, user: User, passwordHash: string): Promise<void> {
  const patch = { passwordHash, oneTimeUntil: null };
  const replaced = await tx.update(User, patch, 't.id = ? AND t.passwordHash = ?', [
    user.id,
    user.passwordHash,
  ]);
  if (replaced === 0) throw new Refusal([simple('WRONG_CREDENTIALS', 'E-mail or password is wrong.')]);
  record(tx, { type: 'user.changed', message: 'The user has chosen a password.', userId: user.id });
}

/** Goes on with a session: new tokens for a refresh token that was not used before. */
export async function refresh(context: Context, refreshToken: string): Promise<SignedIn> {
  const session = await rotateSession(context.db, refreshToken);
  const user = await context.db.one(User, 'WHERE t.id = ?', [session.userId]);
  if (!user) throw new Error('A session has no user.');
  return withToken(context, user, session);
}

/** The tokens of a session that has just begun, or goes on, and the context of its user. */
export async function withToken(
  context: Context,
  user: User,
  { sessionId, refreshToken }: OpenSession,
): Promise<SignedIn> {
  const claims = { userId: user.id, sessionId, sessionVersion: user.sessionVersion };
  const issued = await context.tokens.issue(claims);
  const actor = await findActorOfToken(context.db, { ...claims, expiresAt: issued.expiresAt });
  const own = derive(context, { actor, load: createLoaders(context.db, actor) });
  return { ...issued, refreshToken, user, context: own };
}
