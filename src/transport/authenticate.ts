import type { Actor } from '../policies';
import type { Deps } from '../services/context';
import { findActor } from '../services/identity/actors';

/** Who a token speaks for, and until when. */
export interface Authenticated {
  actor: Actor;
  expiresAt: Date;
}

/** What a header says: nobody, somebody, or something that is not (or no longer) true. */
export type Authentication = Authenticated | 'anonymous' | 'rejected';

/** Reads `Bearer <token>`; a token of a user that is gone is rejected as a forged one is. */
export async function authenticate(deps: Deps, header: string | undefined): Promise<Authentication> {
  if (header === undefined || header === '') return 'anonymous';
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  const claims = token && (await deps.tokens.read(token));
  const actor = claims && (await findActor(deps.db, claims.userId));
  return actor ? { actor, expiresAt: claims.expiresAt } : 'rejected';
}
