import type { Transaction } from '../../database';
import type { CloudSubscription } from '../../entities';
import { Refusal, simple } from '../../errors';
import { renew } from '../../ledger';

/**
 * Charges the periods of a locked subscription that begin before `time`, at which it changes or ends. Refuses with
 * INVALID_STATE if they cannot be computed.
 */
export async function chargeBefore(
  tx: Transaction,
  subscription: CloudSubscription,
  time: Date | null,
): Promise<void> {
  const { chargedUntil, friendlyName } = subscription;
  if (!time || !chargedUntil || chargedUntil >= time) return;
  await renew(
    tx,
    [subscription],
    () => ({ until: time, inclusive: false }),
    (_, cause) => {
      const error = simple('INVALID_STATE', `The charges of ${friendlyName} cannot be computed.`, null);
      throw Object.assign(new Refusal([error]), { cause });
    },
  );
}
