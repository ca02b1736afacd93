import type { Actor } from '../policies';
import { useApiKey } from '../services/api-keys/use-api-key';
import type { Dependencies } from '../services/context';
import { findActorByEmail, findActorOfToken } from '../services/identity/actors';
import { acceptByIssuer } from '../services/invitations/accept-by-issuer';

/** Actor of a valid token, and the expiry of the token. */
export interface Authenticated {
  actor: Actor;
  expiresAt: Date;
}

/** Result of authentication. `rejected` stands for an invalid, expired or revoked credential. */
export type Authentication = Authenticated | 'anonymous' | 'rejected';

/**
 * Authenticates `Bearer <token>`: an access token of the gateway, a token of the OpenID Connect issuer, or an API key.
 * Tokens of deleted users and ended sessions are rejected like forged ones. Throws UNAVAILABLE if the keys of the issuer
 * cannot be fetched.
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
    const actor = (await findActorByEmail(db, claims.email)) ?? (await acceptByIssuer(db, claims.email));
    if (!actor) foreignTokens?.unknownEmail(claims);
    return usable(actor, claims);
  }
  return usable(await findActorOfToken(db, claims), claims);
}

function usable(actor: Actor | null, claims: { expiresAt: Date }): Authenticated | undefined {
  return actor && actor.roles.length > 0 ? { actor, expiresAt: claims.expiresAt } : undefined;
}
