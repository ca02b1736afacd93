import type { Session } from '../../database';
import { assertedEmail } from '../../entities';
import type { Actor } from '../../policies';
import { findActorOfEmail, findActorOfSession } from '../../store';
import type { TokenClaims } from './tokens';

/** The active person with this e-mail, for tokens of another issuer. Null where the issuer may mean somebody else. */
export async function findActorByEmail(session: Session, asserted: string): Promise<Actor | null> {
  const email = assertedEmail(asserted);
  return email === undefined ? null : findActorOfEmail(session, email);
}

/** The actor of a token of ours, unless its session has ended or all sessions of the user were ended since. */
export const findActorOfToken = (session: Session, claims: Omit<TokenClaims, 'expiresAt'>) =>
  findActorOfSession(session, claims);
