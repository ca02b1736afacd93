import type { Database } from '../../database';
import { Account } from '../../entities';
import { record } from '../../events';

/** Gives an account into the care of another account manager, or of none. */
export function assignManager(db: Database, accountId: string, managerId: string | null): Promise<void> {
  return db.transaction(async tx => {
    await tx.update(Account, { accountManagerId: managerId }, 't.id = ?', [accountId]);
    record(tx, { type: 'account.changed', message: 'The account has another account manager.', accountId });
  });
}
