import { currentTime } from '../../clock';
import { type Database, isDuplicate } from '../../database';
import { assertedEmail } from '../../entities';
import { Refusal } from '../../errors';
import type { Actor } from '../../policies';
import { findActorOfEmail, findOpenInvitation } from '../../store';
import { NO_PASSWORD } from '../identity/passwords';
import { createInvited, lockOpen } from './accept-invitation';

/**
 * Accepts the invitation of a person who signed in at the OpenID Connect issuer: the issuer has verified the address, which is
 * all that the link would prove. Null without an open invitation.
 */
export async function acceptByIssuer(db: Database, asserted: string): Promise<Actor | null> {
  const email = assertedEmail(asserted);
  const seen = email && (await findOpenInvitation(db, email, currentTime()));
  if (!seen) return null;
  try {
    await db.transaction(async tx => createInvited(tx, await lockOpen(tx, seen), NO_PASSWORD));
  } catch (error) {
    // Another request of the same person was first, or the invitation has ended meanwhile.
    if (!(error instanceof Refusal) && !isDuplicate(error, '')) throw error;
  }
  return findActorOfEmail(db, email);
}
