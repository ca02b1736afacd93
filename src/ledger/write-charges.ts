import type { Transaction } from '../database';
import type { Charge, CloudSubscription } from '../entities';
import { insertCharges, record } from '../store';

/** New charges of a subscription. */
export interface WrittenCharges {
  subscription: Pick<CloudSubscription, 'friendlyName'>;
  written: readonly Charge[];
  /** User who wrote an adjustment. Omitted for charges that follow from something else. */
  userId?: string;
}

/** Writes charges of subscriptions. Each has an event, which gives it its number. */
export function writeCharges(tx: Transaction, all: readonly WrittenCharges[]): void {
  const charges = all.flatMap(({ written }) => written);
  insertCharges(tx, charges);
  for (const { subscription, written, userId = null } of all) {
    for (const { id, kind, accountId, orderId, subscriptionId } of written) {
      record(tx, {
        type: 'charge.created',
        // Without the amount: the audit trail does not hide amounts.
        message: `A charge for ${subscription.friendlyName} is written.`,
        userId,
        accountId,
        orderId,
        subscriptionId,
        data: { chargeId: id, kind },
      });
    }
  }
}
