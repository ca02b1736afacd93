import type { Session } from '../../database';
import { assertedEmail } from '../../entities';
import type { Actor } from '../../policies';
import { findActorOfEmail, findActorOfSession } from '../../store';
import type { TokenClaims } from './tokens';

/** Finds the active person with an e-mail that another issuer asserts. Null if it may mean somebody else. */
export async function findActorByEmail(session: Session, asserted: string): Promise<Actor | null> {
  const email = assertedEmail(asserted);
  return email === undefined ? null : findActorOfEmail(session, email);
}

/** Finds the actor of an access token of the gateway, unless its session or all sessions of the user have ended. */
export const findActorOfToken = (session: Session, claims: Omit<TokenClaims, 'expiresAt'>) =>
  findActorOfSession(session, claims);
