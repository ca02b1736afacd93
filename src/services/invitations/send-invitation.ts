import { currentTimeMs } from '../../clock';
import type { Transaction } from '../../database';
import { Account, type Invitation, User } from '../../entities';
import { enqueueMail, newMailId, newNonce } from '../../mail';
import { readById } from '../../store';

const LIFETIME_DAYS = 7;

/** Sender of invitations to BSS staff. */
const STAFF = 'the staff of the distributor';

/** Sending of an invitation. Created before its transaction, so that a repeated one sends one mail. */
export type Sending = Pick<Invitation, 'nonce'> & { mailId: string };

/** Creates the link and the mail of a sending. */
export const newSending = (): Sending => ({ nonce: newNonce(), mailId: newMailId() });

/** Queues the mail of an invitation. Resolves to the columns that change: its link is new, and valid for a week. */
export async function sendInvitation(
  tx: Transaction,
  { id, email, accountId }: Pick<Invitation, 'id' | 'email' | 'accountId'>,
  senderId: string,
  { nonce, mailId }: Sending,
): Promise<Pick<Invitation, 'nonce' | 'mailId' | 'expiresAt'>> {
  const { name: invitedBy } = await readById(tx, User, senderId);
  const organization = accountId ? (await readById(tx, Account, accountId)).name : STAFF;
  const facts = { invitationId: id, invitedBy, organization };
  await enqueueMail(tx, { id: mailId, template: 'invitation', facts, to: email });
  const expiresAt = new Date(currentTimeMs() + LIFETIME_DAYS * 24 * 3_600_000);
  return { nonce, mailId, expiresAt };
}
