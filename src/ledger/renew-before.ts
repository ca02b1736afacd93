import type { Transaction } from '../database';
import type { CloudSubscription } from '../entities';
import { findChargedUntil } from '../store';
import { renew } from './renew';

/** Charges the periods of a locked subscription that begin before `time`. Throws if they cannot be computed. */
export async function renewBefore(
  tx: Transaction,
  subscription: CloudSubscription,
  time: Date,
): Promise<void> {
  const chargedUntil = await findChargedUntil(tx, subscription.id);
  if (!chargedUntil || chargedUntil >= time) return;
  await renew(
    tx,
    [Object.assign({}, subscription, { chargedUntil })],
    () => ({ until: time, inclusive: false }),
    (_, error) => {
      throw error;
    },
  );
}
