import type { Session } from '../database';
import type { CloudSubscription, SubscriptionLot } from '../entities';
import { findChargedUntil, findChargesEndingAfter, findOrdersOfLots } from '../store';
import { anchorOf, runningPeriodEnd } from './billing-period';
import { Ledger } from './ledger';
import { LedgerError } from './ledger-error';

/** Opens the ledger of an active subscription for a change at `time`. Current only while the subscription is locked. */
export async function openLedger(
  session: Session,
  subscription: CloudSubscription,
  lots: readonly SubscriptionLot[],
  time: Date,
): Promise<Ledger> {
  const { id } = subscription;
  const anchor = anchorOf(subscription);
  // A subscription that is older than the ledger is charged from its next period on.
  const chargedUntil = (await findChargedUntil(session, id)) ?? runningPeriodEnd(subscription, time);
  if (!anchor || !chargedUntil) throw new LedgerError(`${id} has no billing period`);
  return new Ledger(subscription, anchor, {
    lots,
    charges: await findChargesEndingAfter(session, id, chargedUntil < time ? chargedUntil : time),
    orders: await findOrdersOfLots(session, lots),
    chargedUntil,
  });
}
