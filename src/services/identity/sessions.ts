import { typeid } from 'typeid-js';
import { currentTime, currentTimeMs } from '../../clock';
import type { Database, Transaction } from '../../database';
import { type User, UserSession } from '../../entities';
import { Refusal, simple } from '../../errors';
import { record } from '../../events';
import {
  deleteExpiredSessions,
  findById,
  findUnexpiredSession,
  incrementSessionVersion,
  insertInto,
  lockUser,
  revokeSession,
  revokeSessionsOf,
  wasRotatedWithin,
  rotateSession as writeRotation,
} from '../../store';
import { familyHash, newSalt, successor } from './refresh-tokens';
import { renewActors } from './renew-actors';
import { fromBearer, hashSecret, newSecret, sameHash, toBearer } from './secrets';

const LIFETIME_DAYS = 14;
/** Grace period of the previous refresh token: another tab may be first, or an answer lost. */
const GRACE_SECONDS = 10;

/** Maximum number of expired sessions to delete when a session begins. */
const CLEANUP_BATCH = 10;

const lifetime = () => new Date(currentTimeMs() + LIFETIME_DAYS * 24 * 3600 * 1000);

/** Session with its current refresh token, which is stored nowhere. */
export interface OpenSession {
  sessionId: string;
  refreshToken: string;
}

/** Begins a session of a locked user, and deletes a few expired ones. */
export async function beginSession(
  tx: Transaction,
  { id: userId, sessionVersion }: Pick<User, 'id' | 'sessionVersion'>,
): Promise<OpenSession> {
  const id = typeid('ses').toString();
  const { secret, hash } = newSecret();
  const now = currentTime();
  await insertInto(tx, UserSession, {
    id,
    userId,
    userVersion: sessionVersion,
    refreshHash: hash,
    familyHash: familyHash(secret),
    createdAt: now,
    rotatedAt: now,
    expiresAt: lifetime(),
  });
  await deleteExpiredSessions(tx, now, CLEANUP_BATCH);
  return { sessionId: id, refreshToken: toBearer('sbr', id, secret) };
}

/**
 * Exchanges a refresh token for its successor. The token before is exchanged for the same successor within ten seconds.
 * After that, and with any older token, somebody else has a token too: the session ends. The end is committed although
 * the caller is refused, so the refusal is thrown after the transaction.
 */
export async function rotateSession(
  db: Database,
  refreshToken: string,
): Promise<OpenSession & { user: User }> {
  const shown = fromBearer('sbr', refreshToken);
  const rotated = shown && (await db.transaction(tx => rotate(tx, shown)));
  if (!rotated) {
    throw new Refusal([
      simple('WRONG_CREDENTIALS', 'The refresh token is no longer valid. Sign in again.', ['refreshToken']),
    ]);
  }
  return rotated;
}

async function rotate(tx: Transaction, { id, secret: shown }: { id: string; secret: string }) {
  const found = await findById(tx, UserSession, id);
  const user = found && (await lockUser(tx, found.userId));
  const session = user && (await findUnexpiredSession(tx, id));
  if (!session || !(await isOpen(tx, session))) return undefined;
  const secret = await exchange(tx, session, shown);
  return secret && { sessionId: id, user, refreshToken: toBearer('sbr', id, secret) };
}

const isOpen = async (tx: Transaction, { id, userId }: UserSession) =>
  (await renewActors(tx, [{ sessionId: id, userId }]))[0] !== null;

async function exchange(tx: Transaction, session: UserSession, shown: string): Promise<string | undefined> {
  const hash = hashSecret(shown);
  if (sameHash(hash, session.refreshHash)) return advance(tx, session, shown);
  const isPrevious = session.previousHash !== null && sameHash(hash, session.previousHash);
  if (isPrevious && (await wasRotatedWithin(tx, session.id, GRACE_SECONDS))) {
    const secret = successor(shown, session.rotationSalt ?? '');
    if (sameHash(hashSecret(secret), session.refreshHash)) return secret;
  }
  const isOlder = session.familyHash !== null && sameHash(familyHash(shown), session.familyHash);
  if (isPrevious || isOlder) await endSession(tx, session);
  return undefined;
}

async function advance(tx: Transaction, { id, refreshHash }: UserSession, shown: string): Promise<string> {
  const rotationSalt = newSalt();
  const secret = successor(shown, rotationSalt);
  const patch = {
    refreshHash: hashSecret(secret),
    previousHash: refreshHash,
    // Sessions of earlier releases have no family hash yet.
    familyHash: familyHash(shown),
    rotationSalt,
    expiresAt: lifetime(),
  };
  await writeRotation(tx, id, patch);
  return secret;
}

/** Ends a session of a locked user, with its tokens and streams. Idempotent. */
export async function endSession(
  tx: Transaction,
  { id, userId }: Pick<UserSession, 'id' | 'userId'>,
): Promise<void> {
  if (!(await revokeSession(tx, id))) return;
  record(tx, { type: 'user.changed', message: 'A session has ended.', userId, data: { sessionId: id } });
}

/** Ends all sessions and tokens of `userId`, caused by `byId`. Locks the user first: no session begins meanwhile. */
export async function endAllSessions(
  tx: Transaction,
  userId: string,
  message: string,
  byId: string,
): Promise<void> {
  await incrementSessionVersion(tx, userId);
  await revokeSessionsOf(tx, userId);
  record(tx, { type: 'user.changed', message, userId, data: { byId, endsSessions: true } });
}
