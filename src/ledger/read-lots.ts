import type { Session } from '../database';
import type { CloudSubscription, SubscriptionLot } from '../entities';
import { findLots, findOperationsOf } from '../store';
import { completeLots, recurringOf } from './lots';

/** Checks that lots are everything that a subscription holds. A version before lots wrote none, and another one only some. */
export const areComplete = ({ recurringMinor }: CloudSubscription, lots: readonly SubscriptionLot[]) =>
  lots.length > 0 && recurringOf(lots) === recurringMinor;

/** Reads the lots of a subscription, oldest first, with those that only its operations tell. */
export async function readLots(
  session: Session,
  subscription: CloudSubscription,
): Promise<SubscriptionLot[]> {
  const stored = await findLots(session, subscription.id);
  if (areComplete(subscription, stored)) return stored;
  return completeLots(subscription, await findOperationsOf(session, subscription.id), stored);
}
