import type { Session } from '../../database';
import type { Actor } from '../../policies';
import { findActors, findActorsOfSessions, findKeyHolders } from '../../store';

/** Credential of a caller: an API key, a session, or a token of another issuer that names a user. */
export type Credential = Pick<Actor, 'userId' | 'sessionId' | 'apiKey'>;

/** Key of a credential. Equal credentials are valid for the same time. */
export const credentialKey = ({ apiKey, sessionId, userId }: Credential): string =>
  apiKey?.id ?? sessionId ?? userId;

/** Reads the current actors of credentials. Null for a user, session or key that has ended. */
export async function renewActors(
  session: Session,
  callers: readonly Credential[],
): Promise<(Actor | null)[]> {
  const keys = callers.flatMap(({ apiKey }) => apiKey?.id ?? []);
  const sessions = callers.flatMap(({ apiKey, sessionId }) => (apiKey ? [] : (sessionId ?? [])));
  const users = callers.flatMap(({ apiKey, sessionId, userId }) => (apiKey || sessionId ? [] : userId));
  const [byKey, bySession, byUser] = await Promise.all([
    keys.length > 0 ? findKeyHolders(session, keys) : undefined,
    sessions.length > 0 ? findActorsOfSessions(session, sessions) : undefined,
    users.length > 0 ? findActors(session, users) : undefined,
  ]);
  return callers.map(caller => {
    const key = credentialKey(caller);
    const actor = byKey?.get(key)?.actor ?? bySession?.get(key) ?? byUser?.get(key);
    return actor && actor.roles.length > 0 ? actor : null;
  });
}
