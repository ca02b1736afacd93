import { currentTimeMs } from '../../clock';
import type { Transaction } from '../../database';
import { Account, type Invitation, User } from '../../entities';
import { enqueueMail, newNonce } from '../../mail';
import { readById } from '../../store';

const LIFETIME_DAYS = 7;

/** Sender of invitations to BSS staff. */
const STAFF = 'the staff of the distributor';

/** Queues the mail of an invitation. Resolves to the columns that change: its link is new, and valid for a week. */
export async function sendInvitation(
  tx: Transaction,
  { id, email, accountId }: Pick<Invitation, 'id' | 'email' | 'accountId'>,
  senderId: string,
): Promise<Pick<Invitation, 'nonce' | 'mailId' | 'expiresAt'>> {
  const { name: invitedBy } = await readById(tx, User, senderId);
  const organization = accountId ? (await readById(tx, Account, accountId)).name : STAFF;
  const facts = { invitationId: id, invitedBy, organization };
  const mailId = await enqueueMail(tx, { template: 'invitation', facts, to: email });
  const expiresAt = new Date(currentTimeMs() + LIFETIME_DAYS * 24 * 3_600_000);
  return { nonce: newNonce(), mailId, expiresAt };
}
