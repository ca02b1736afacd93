import { columns, type Session, type Transaction } from '../database';
import { SignInAddress } from '../entities';

const s = columns(SignInAddress);

/** Finds the addresses from which a user has signed in. */
export const findSignInAddresses = ({ manager }: Session, userId: string) =>
  manager.findBy(SignInAddress, { userId });

/** Deletes the addresses from which a user has signed in. */
export const deleteSignInAddresses = ({ manager }: Transaction, userId: string) =>
  manager.delete(SignInAddress, { userId });

/** Records a sign-in from an address. */
export const recordSignInAddress = (tx: Transaction, userId: string, addressHash: string): Promise<number> =>
  tx.execute(
    `INSERT INTO ${s.table} (${s.userId}, ${s.addressHash}, ${s.seenAt}) VALUES (?, ?, NOW(3))
     ON DUPLICATE KEY UPDATE ${s.seenAt} = NOW(3)`,
    [userId, addressHash],
  );
