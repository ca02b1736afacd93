import { createHash } from 'node:crypto';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import { Role, type User } from '../../entities';
import { enqueueMail } from '../../mail';
import { findSignInAddresses, recordSignInAddress } from '../../store';
import type { Context } from '../context';

/**
 * Queues a mail to an administrator who signs in from an address for the first time. The first address of all is no news. The
 * user is locked, so that concurrent sign-ins report an address once.
 */
export async function reportNewAddress(
  { mail, address }: Pick<Context, 'mail' | 'address'>,
  tx: Transaction,
  { id, email, roles }: User,
): Promise<void> {
  if (!roles.includes(Role.ADMINISTRATOR)) return;
  const hash = createHash('sha256').update(`${id} ${address}`).digest('hex');
  const known = await findSignInAddresses(tx, id);
  await recordSignInAddress(tx, id, hash);
  if (!mail || known.length === 0 || known.some(({ addressHash }) => addressHash === hash)) return;
  const at = `${currentTime().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  await enqueueMail(tx, { template: 'new-sign-in', facts: { address, at }, to: email, userId: id });
}
