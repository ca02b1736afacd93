import type { Transaction } from '../database';
import type { CloudSubscription, ProvisioningOperation, SubscriptionLot } from '../entities';
import { findAllLots, findOperationsOf, findOrdersOfLots, putLots, storeChargedUntil } from '../store';
import { anchorOf } from './billing-period';
import { Ledger } from './ledger';
import { LedgerError } from './ledger-error';
import { completeLots, recurringOf } from './lots';
import { areComplete } from './read-lots';
import { type WrittenCharges, writeCharges } from './write-charges';

/** Last time at which a period to be charged can begin. */
export interface RenewalLimit {
  until: Date;
  /** True if a period that begins at `until` is charged. */
  inclusive: boolean;
}

/** Renewal of one subscription. */
interface Renewed extends WrittenCharges {
  id: string;
  chargedUntil: Date;
  /** Lots that are not stored yet. */
  derived: readonly SubscriptionLot[];
}

/**
 * Charges the periods of locked subscriptions that have begun, each up to its limit, by the lots and their prices. A
 * subscription whose charges cannot be computed is passed to `onError` and stays due. Resolves to the number of the others.
 */
export async function renew(
  tx: Transaction,
  subscriptions: readonly CloudSubscription[],
  limitOf: (subscription: CloudSubscription) => RenewalLimit,
  onError: (subscription: CloudSubscription, error: LedgerError) => void,
): Promise<number> {
  if (subscriptions.length === 0) return 0;
  const ids = subscriptions.map(({ id }) => id);
  const lots = await findAllLots(tx, ids);
  const orders = await findOrdersOfLots(tx, lots);
  const renewed: Renewed[] = [];
  for (const subscription of subscriptions) {
    const stored = lots.filter(({ subscriptionId }) => subscriptionId === subscription.id);
    const isStored = areComplete(subscription, stored);
    const operations = isStored ? [] : await findOperationsOf(tx, subscription.id);
    try {
      const all = isStored ? stored : completeLots(subscription, operations, stored);
      const ledger = ledgerOf(subscription, all, withOrders(orders, operations));
      const { until, inclusive } = limitOf(subscription);
      ledger.renew(until, { inclusive });
      const { written, chargedUntil } = ledger;
      const { id } = subscription;
      renewed.push({ id, subscription, written, chargedUntil, derived: isStored ? [] : all });
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      onError(subscription, error);
    }
  }
  putLots(
    tx,
    renewed.flatMap(({ derived }) => derived),
  );
  writeCharges(tx, renewed);
  await storeChargedUntil(tx, renewed);
  return renewed.length;
}

type Orders = ReadonlyMap<string, string | null>;

const withOrders = (orders: Orders, operations: readonly ProvisioningOperation[]): Orders =>
  new Map([...orders, ...operations.map(({ id, orderId }) => [id, orderId] as const)]);

/** Ledger of a subscription for renewals, which need no earlier charges. Throws if the lots are not its recurring amount. */
function ledgerOf(subscription: CloudSubscription, lots: readonly SubscriptionLot[], orders: Orders): Ledger {
  const { id, chargedUntil, recurringMinor } = subscription;
  const anchor = anchorOf(subscription);
  if (!anchor || !chargedUntil) throw new LedgerError(`${id} has no billing period`);
  const recurring = recurringOf(lots);
  if (recurring !== recurringMinor)
    throw new LedgerError(`The lots of ${id} cost ${recurring}, not ${recurringMinor}`);
  return new Ledger(subscription, anchor, { lots, orders, charges: [], chargedUntil });
}
