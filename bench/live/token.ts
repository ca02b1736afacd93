import type { App } from '../../src/app';
import { beginSession } from '../../src/services/identity/sessions';

/** Returns a bearer token of a new session, without a sign-in. */
export async function tokenOf({ deps }: App, userId: string): Promise<string> {
  const { sessionId } = await deps.db.transaction(tx => beginSession(tx, { id: userId, sessionVersion: 0 }));
  return (await deps.tokens.issue({ userId, sessionId, sessionVersion: 0 })).token;
}
