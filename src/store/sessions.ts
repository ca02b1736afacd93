import { IsNull } from 'typeorm';
import { currentTime } from '../clock';
import { columns, databaseNow, type Patch, type Session, type Transaction } from '../database';
import { UserSession } from '../entities';

const s = columns(UserSession);
const t = columns(UserSession, 't');

/** Finds a session by id unless it has expired by the database's clock. */
export const findUnexpiredSession = (session: Session, id: string): Promise<UserSession | undefined> =>
  session.one(UserSession, `WHERE ${t.id} = ? AND ${t.expiresAt} > NOW(3)`, [id]);

/** Deletes up to `limit` sessions that expired before `now`. */
export const deleteExpiredSessions = (tx: Transaction, now: Date, limit: number): Promise<number> =>
  tx.execute(`DELETE FROM ${s.table} WHERE ${s.expiresAt} < ? LIMIT ${limit}`, [now]);

/** Writes a new refresh token and the time of its rotation by the database's clock. */
export const rotateSession = ({ manager }: Transaction, id: string, patch: Patch<UserSession>) =>
  manager.update(UserSession, { id }, { ...patch, rotatedAt: databaseNow });

/** Whether a session was rotated in the last `seconds` by the database's clock. */
export async function wasRotatedWithin(session: Session, id: string, seconds: number): Promise<boolean> {
  const since = `${t.rotatedAt} > NOW(3) - INTERVAL ${seconds} SECOND`;
  return (await session.count(UserSession, `WHERE ${t.id} = ? AND ${since}`, [id])) === 1;
}

/** Ends a session. Resolves to false if it has ended already. */
export async function revokeSession({ manager }: Transaction, id: string): Promise<boolean> {
  const { affected } = await manager.update(
    UserSession,
    { id, revokedAt: IsNull() },
    { revokedAt: currentTime() },
  );
  return affected === 1;
}

/** Ends every session of a user. */
export const revokeSessionsOf = ({ manager }: Transaction, userId: string) =>
  manager.update(UserSession, { userId, revokedAt: IsNull() }, { revokedAt: currentTime() });
