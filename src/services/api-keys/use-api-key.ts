import { currentTime } from '../../clock';
import type { Actor } from '../../policies/index';
import { findKeyHolders, recordKeyUse } from '../../store/index';
import type { Dependencies } from '../context';
import { fromBearer, hashSecret, sameHash } from '../identity/secrets';

/** The last use is kept to the minute: a write a call would cost more than the call. */
const MINUTE_MS = 60_000;

/** As whom a call with an API key acts; undefined where `bearer` is none that is good. */
export async function useApiKey(
  { db, log }: Dependencies,
  bearer: string,
): Promise<{ actor: Actor; expiresAt: Date } | undefined> {
  const shown = fromBearer('sbk', bearer);
  const holder = shown && (await findKeyHolders(db, [shown.id])).get(shown.id);
  if (!shown || !holder || !sameHash(hashSecret(shown.secret), holder.secretHash)) return undefined;
  const now = currentTime();
  const minuteAgo = new Date(now.getTime() - MINUTE_MS);
  // Nobody waits for it.
  recordKeyUse(db, shown.id, now, minuteAgo).catch((error: unknown) =>
    log.warn({ err: error }, 'the last use of an API key could not be kept'),
  );
  const { actor, expiresAt } = holder;
  return { actor, expiresAt };
}
