import { record } from '../../events';
import { lockUser } from '../../store';
import type { ActorContext } from '../context';
import { endAllSessions, endSession } from './sessions';

/** Ends the caller's session, or all its sessions. Resolves to false for a caller without a session. */
export async function signOut({ db, actor }: ActorContext, everywhere: boolean): Promise<boolean> {
  const { userId, sessionId } = actor;
  if (!sessionId) return false;
  await db.transaction(async tx => {
    await lockUser(tx, userId);
    record(tx, { type: 'user.signed-out', message: 'Signed out.', userId });
    if (everywhere) await endAllSessions(tx, userId, 'Signed out everywhere.', userId);
    else await endSession(tx, { id: sessionId, userId });
  });
  return true;
}
