import { currentTimeMs } from '../../clock';
import type { Transaction } from '../../database';
import { Account, emailSkeleton, type Invitation, User } from '../../entities';
import { enqueueMail, newMailId, newNonce } from '../../mail';
import { readById } from '../../store';
import { countRequest } from '../identity/request-limit';

const LIFETIME_DAYS = 7;

/** Invitations that a user can send in a window: to one address, and in all, so that nobody can flood a mailbox. */
const LIMITS = { address: 5, sender: 100 } as const;

/** Sender of invitations to BSS staff. */
const STAFF = 'the staff of the distributor';

/** Sending of an invitation. Created before its transaction, so that a repeated one sends one mail. */
export type Sending = Pick<Invitation, 'nonce'> & { mailId: string };

/** Creates the link and the mail of a sending. */
export const newSending = (): Sending => ({ nonce: newNonce(), mailId: newMailId() });

/**
 * Queues the mail of an invitation. Resolves to the columns that change: its link is new, and valid for a week. Refuses with
 * TOO_MANY_ATTEMPTS.
 */
export async function sendInvitation(
  tx: Transaction,
  { id, email, accountId }: Pick<Invitation, 'id' | 'email' | 'accountId'>,
  senderId: string,
  { nonce, mailId }: Sending,
): Promise<Pick<Invitation, 'nonce' | 'mailId' | 'expiresAt'>> {
  await countRequest(tx, 'invitations', [
    { kind: 'invited address', subject: `${senderId} ${emailSkeleton(email)}`, limit: LIMITS.address },
    { kind: 'inviter', subject: senderId, limit: LIMITS.sender },
  ]);
  const { name: invitedBy } = await readById(tx, User, senderId);
  const organization = accountId ? (await readById(tx, Account, accountId)).name : STAFF;
  const facts = { invitationId: id, invitedBy, organization };
  await enqueueMail(tx, { id: mailId, template: 'invitation', facts, to: email });
  const expiresAt = new Date(currentTimeMs() + LIFETIME_DAYS * 24 * 3_600_000);
  return { nonce, mailId, expiresAt };
}
