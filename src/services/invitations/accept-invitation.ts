import { z } from 'zod';
import { currentTime } from '../../clock';
import { isDuplicate, type Session, type Transaction } from '../../database';
import { Account, Invitation, InvitationState, type User } from '../../entities';
import { record } from '../../events';
import { idOfToken } from '../../mail';
import { findById, findPerson, lockAccount, lockInvitation, transition } from '../../store';
import type { Context } from '../context';
import { createUser } from '../identity/create-user';
import { chosenPassword } from '../identity/password-rule';
import { hashPassword } from '../identity/passwords';
import { beginSession } from '../identity/sessions';
import { issueTokens, type SignedIn } from '../identity/sign-in';
import { parseInput } from '../input';
import { requireMail } from './require-mail';
import { tokenInvalid } from './token-invalid';

const acceptance = z.object({ password: chosenPassword });

/** Creates the user of an invitation with its password, and begins a session. A link works once. */
export async function acceptInvitation(
  context: Context,
  { token, password: typed }: { token: string; password: string },
): Promise<SignedIn> {
  const { db } = context;
  const { tokens } = requireMail(context);
  const { password } = parseInput(acceptance, { password: typed });
  const id = idOfToken('sbi', token);
  const seen = id && (await findById(db, Invitation, id));
  if (!seen || !tokens.matches('sbi', seen, token) || !(await isOpen(db, seen))) throw tokenInvalid();
  const passwordHash = await hashPassword(password);
  const accept = async (tx: Transaction) => {
    const invitation = await lockOpen(tx, seen);
    if (!tokens.matches('sbi', invitation, token)) throw tokenInvalid();
    return createInvited(tx, invitation, passwordHash);
  };
  const { user, session } = await db
    .transaction(async tx => {
      const user = (await findOwnUser(tx, seen, passwordHash)) ?? (await accept(tx));
      record(tx, { type: 'user.signed-in', message: 'Signed in.', userId: user.id });
      return { user, session: await beginSession(tx, user) };
    })
    .catch(error => {
      // Somebody else got the address meanwhile.
      throw isDuplicate(error, '') ? tokenInvalid() : error;
    });
  return issueTokens(context, user, session);
}

/** Finds the user that this call created, after a COMMIT whose response was lost. Its salted hash is no other call's. */
async function findOwnUser(tx: Transaction, { email }: Invitation, passwordHash: string) {
  const person = await findPerson(tx, email);
  return person?.passwordHash === passwordHash ? person : undefined;
}

/** Locks an invitation after its account. Refuses with TOKEN_INVALID unless it is still open. */
export async function lockOpen(tx: Transaction, seen: Invitation): Promise<Invitation> {
  if (seen.accountId) await lockAccount(tx, seen.accountId);
  const invitation = await lockInvitation(tx, seen.id);
  if (!invitation || !(await isOpen(tx, invitation))) throw tokenInvalid();
  return invitation;
}

/** Whether an invitation can be accepted: in time, for an active account, and an address without a user. */
async function isOpen(session: Session, invitation: Invitation): Promise<boolean> {
  const { state, expiresAt, accountId, email } = invitation;
  if (state !== InvitationState.PENDING || expiresAt <= currentTime()) return false;
  const account = accountId ? await findById(session, Account, accountId) : null;
  if (account && !account.active) return false;
  return (await findPerson(session, email)) === undefined;
}

/** Creates the user of a locked invitation, and accepts it. */
export async function createInvited(
  tx: Transaction,
  invitation: Invitation,
  passwordHash: string,
): Promise<User> {
  const { id, name, email, roles, accountId, resellerId, invitedById } = invitation;
  const own = { name, email, roles, accountId, passwordHash, oneTimeUntil: null, version: 1 };
  const user = await createUser(tx, { ...own, deactivatedAt: null });
  const accepted = { state: InvitationState.ACCEPTED, userId: user.id };
  const about = { userId: user.id, accountId, resellerId, data: { invitationId: id, byId: invitedById } };
  await transition(tx, Invitation, id, accepted, {
    event: { type: 'invitation.accepted', message: 'An invitation was accepted.', ...about },
  });
  const message = `The user was made by an invitation: ${roles.join(', ')}.`;
  record(tx, { type: 'user.created', message, ...about });
  return user;
}
