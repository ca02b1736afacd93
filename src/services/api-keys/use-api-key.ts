import { currentTime } from '../../clock';
import type { Actor } from '../../policies';
import { findKeyHolders, recordKeyUse } from '../../store';
import type { Dependencies } from '../context';
import { fromBearer, hashSecret, sameHash } from '../identity/secrets';

/** Resolution of the last use: a write per call would cost more than the call. */
const MINUTE_MS = 60_000;

/** Finds the actor of an API key. Undefined for an invalid key. */
export async function useApiKey(
  { db, log }: Dependencies,
  bearer: string,
): Promise<{ actor: Actor; expiresAt: Date } | undefined> {
  const shown = fromBearer('sbk', bearer);
  const holder = shown && (await findKeyHolders(db, [shown.id])).get(shown.id);
  if (!shown || !holder || !sameHash(hashSecret(shown.secret), holder.secretHash)) return undefined;
  const now = currentTime();
  const minuteAgo = new Date(now.getTime() - MINUTE_MS);
  // The call does not wait for it.
  recordKeyUse(db, shown.id, now, minuteAgo).catch((error: unknown) =>
    log.warn({ err: error }, 'the last use of an API key could not be recorded'),
  );
  const { actor, expiresAt } = holder;
  return { actor, expiresAt };
}
