import type { Transaction } from '../../database';
import type { CloudSubscription } from '../../entities';
import { Refusal, simple } from '../../errors';
import { LedgerError, renewBefore } from '../../ledger';

/**
 * Charges the periods of a locked subscription that begin before `time`, at which it changes or ends. Refuses with
 * INVALID_STATE if they cannot be computed.
 */
export async function chargeBefore(
  tx: Transaction,
  subscription: CloudSubscription,
  time: Date | null,
): Promise<void> {
  if (!time) return;
  try {
    await renewBefore(tx, subscription, time);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new Refusal([simple('INVALID_STATE', error.message, null)]);
  }
}
