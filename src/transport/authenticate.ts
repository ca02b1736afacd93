import type { Actor } from '../policies';
import { useApiKey } from '../services/api-keys/use-api-key';
import type { Dependencies } from '../services/context';
import { findActorByEmail, findActorOfToken } from '../services/identity/actors';

/** Who a token speaks for, and until when. */
export interface Authenticated {
  actor: Actor;
  expiresAt: Date;
}

/** What a header says: nobody, somebody, or something that is not (or no longer) true. */
export type Authentication = Authenticated | 'anonymous' | 'rejected';

/**
 * Reads `Bearer <token>`: a token of ours, one of the OpenID Connect issuer, or an API key. A token of a user that is
 * gone, or of a session that has ended, is rejected as a forged one is. Throws UNAVAILABLE when the issuer's keys cannot be
 * fetched.
 */
export async function authenticate(deps: Dependencies, header: string | undefined): Promise<Authentication> {
  if (header === undefined || header === '') return 'anonymous';
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  return (token && ((await useApiKey(deps, token)) ?? (await bySession(deps, token)))) || 'rejected';
}

async function bySession(deps: Dependencies, token: string): Promise<Authenticated | undefined> {
  const { db, tokens, foreignTokens } = deps;
  const own = await tokens.read(token);
  const claims = own ?? (await foreignTokens?.read(token));
  if (!claims) return undefined;
  if ('email' in claims) {
    const actor = await findActorByEmail(db, claims.email);
    if (!actor) foreignTokens?.unknownEmail(claims);
    return usable(actor, claims);
  }
  return usable(await findActorOfToken(db, claims), claims);
}

function usable(actor: Actor | null, claims: { expiresAt: Date }): Authenticated | undefined {
  return actor && actor.roles.length > 0 ? { actor, expiresAt: claims.expiresAt } : undefined;
}
