import { typeid } from 'typeid-js';
import { currentTime, currentTimeMs } from '../../clock';
import type { Database, Transaction } from '../../database';
import { User, UserSession } from '../../entities';
import { Refusal, simple } from '../../errors';
import { record } from '../../events';
import { fromBearer, hashSecret, newSecret, sameHash, toBearer } from './secrets';

const DAYS = 14;

const lifetime = () => new Date(currentTimeMs() + DAYS * 24 * 3600 * 1000);

/** A session with the refresh token that goes on with it, which is nowhere else. */
export interface OpenSession {
  sessionId: string;
  refreshToken: string;
}

/** Begins a session of `userId`, and sweeps up a few that ended long ago. */
export async function beginSession(tx: Transaction, userId: string): Promise<OpenSession> {
  const id = typeid('ses').toString();
  const { secret, hash } = newSecret();
  const now = currentTime();
  await tx.insert(UserSession, [
    { id, userId, refreshHash: hash, createdAt: now, rotatedAt: now, expiresAt: lifetime() },
  ]);
  await tx.execute('DELETE FROM sessions WHERE expiresAt < ? LIMIT 10', [now]);
  return { sessionId: id, refreshToken: toBearer('sbr', id, secret) };
}

/**
 * Exchanges a refresh token for its successor. One that was exchanged before is in two hands: its session ends. The end
 * is committed although the caller is refused, so the refusal is thrown after the transaction.
 */
export async function rotateSession(
  db: Database,
  refreshToken: string,
): Promise<OpenSession & { userId: string }> {
  const shown = fromBearer('sbr', refreshToken);
  const rotated = shown && (await db.transaction(tx => rotate(tx, shown)));
  if (!rotated) {
    throw new Refusal([
      simple('WRONG_CREDENTIALS', 'The refresh token is not valid any more. Sign in again.', [
        'refreshToken',
      ]),
    ]);
  }
  return rotated;
}

async function rotate(tx: Transaction, { id, secret: shown }: { id: string; secret: string }) {
  const session = await tx.one(UserSession, 'WHERE t.id = ? FOR UPDATE', [id]);
  if (!session || session.revokedAt || session.expiresAt.getTime() <= currentTimeMs()) return undefined;
  const hash = hashSecret(shown);
  if (!sameHash(hash, session.refreshHash)) {
    if (session.previousHash && sameHash(hash, session.previousHash)) await endSession(tx, session);
    return undefined;
  }
  const { secret, hash: next } = newSecret();
  const patch = { refreshHash: next, previousHash: hash, rotatedAt: currentTime(), expiresAt: lifetime() };
  await tx.update(UserSession, patch, 't.id = ?', [id]);
  return { sessionId: id, userId: session.userId, refreshToken: toBearer('sbr', id, secret) };
}

/** Ends one session: its tokens and its streams with it. */
export async function endSession(
  tx: Transaction,
  { id, userId }: Pick<UserSession, 'id' | 'userId'>,
): Promise<void> {
  await tx.update(UserSession, { revokedAt: currentTime() }, 't.id = ? AND t.revokedAt IS NULL', [id]);
  record(tx, { type: 'user.changed', message: 'A session has ended.', userId, data: { sessionId: id } });
}

/** Ends every session of `userId`: no token that was given before is good any more. `byId` is who saw to it. */
export async function endAllSessions(
  tx: Transaction,
  userId: string,
  message: string,
  byId: string,
): Promise<void> {
  await tx.update(UserSession, { revokedAt: currentTime() }, 't.userId = ? AND t.revokedAt IS NULL', [
    userId,
  ]);
  await tx.update(User, {}, 't.id = ?', [userId], 't.sessionVersion = t.sessionVersion + 1');
  record(tx, { type: 'user.changed', message, userId, data: { byId, endsSessions: true } });
}
