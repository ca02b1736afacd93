import type { Transaction } from '../../database';
import {
  CloudSubscription,
  CloudSubscriptionState,
  exact,
  type SubscriptionLot,
  SyncState,
} from '../../entities';
import type { NewEvent } from '../../events';
import {
  addRetail,
  Ledger,
  licensesAt,
  newLots,
  openLedger,
  periodEnd,
  pricedAddons,
  readLots,
  recurringOf,
  retailOf,
  timeAfter,
  writeCharges,
} from '../../ledger';
import { putLots, transition } from '../../store';
import { capacityOf } from '../capacity';
import type { Job } from '../job';
import { addonTotals } from '../to-provider';
import { settleChange } from './settle-change';
import type { Step } from './step';

/** Writes the capacity and the recurring amount that the provider has confirmed, and activates a pending subscription. */
export const activateService: Step = {
  enter: async () => 'local',

  async settle(tx, job) {
    const { subscription } = job;
    const totals = [...addonTotals(job)].map(([addonId, { total }]) => ({ addonId, quantity: total }));
    const capacityBytes = exact(capacityOf(job.catalog, job.product, subscription.quantity, totals));
    if (job.change) return settleChange(tx, job, job.change, capacityBytes);
    const isFirst = subscription.state === CloudSubscriptionState.PENDING;
    return isFirst ? activate(tx, job, capacityBytes) : addAddons(tx, job, capacityBytes);
  },
};

/** Activates a subscription with its lots, and charges its first period. */
async function activate(tx: Transaction, job: Job, capacityBytes: number): Promise<void> {
  const { subscription, operation } = job;
  const { billingCycle, recurringMinor, retailMinor } = subscription;
  const now = job.clock();
  const items = [licensesAt(subscription, recurringMinor, retailMinor), ...pricedAddons(operation)];
  const lots = newLots(operation, items, now);
  const ledger = Ledger.begin(subscription, { activatedAt: now, billingCycle }, lots, operation);
  putLots(tx, lots);
  writeCharges(tx, [{ subscription, written: ledger.written }]);
  const active = {
    state: CloudSubscriptionState.ACTIVE,
    syncState: SyncState.SYNCED,
    capacityBytes,
    recurringMinor: recurringOf(lots),
    retailMinor: retailOf(lots),
    activatedAt: now,
    currentPeriodEnd: periodEnd(now, billingCycle),
    chargedUntil: ledger.chargedUntil,
  };
  const event: NewEvent = {
    type: 'subscription.activated',
    message: `${subscription.friendlyName} is active.`,
    accountId: subscription.accountId,
    resellerId: subscription.resellerId,
    orderId: operation.orderId,
    subscriptionId: subscription.id,
    operationId: operation.id,
  };
  await transition(tx, CloudSubscription, subscription.id, active, { event });
}

/** Adds the lots of add-ons to an active subscription, and charges the rest of the running period. A repair adds none. */
async function addAddons(tx: Transaction, job: Job, capacityBytes: number): Promise<void> {
  const { subscription, operation } = job;
  const items = pricedAddons(operation);
  const held = items.length > 0 ? await readLots(tx, subscription) : [];
  const added = newLots(operation, items, timeAfter(held, job.clock()));
  const recurringMinor = exact(subscription.recurringMinor + recurringOf(added));
  const retailMinor = addRetail(subscription.retailMinor, retailOf(added));
  const synced = { capacityBytes, recurringMinor, retailMinor, syncState: SyncState.SYNCED };
  const charged = added.length > 0 ? { chargedUntil: await chargeAddons(tx, job, held, added) } : {};
  putLots(tx, added);
  await transition(tx, CloudSubscription, subscription.id, { ...synced, ...charged });
}

/** Charges new lots. Resolves to the time up to which the subscription is charged. */
async function chargeAddons(
  tx: Transaction,
  { subscription, operation, clock }: Job,
  held: readonly SubscriptionLot[],
  added: readonly SubscriptionLot[],
): Promise<Date> {
  const now = clock();
  const ledger = await openLedger(tx, subscription, held, now);
  ledger.renew(now);
  ledger.replaceLots([...held, ...added], now, operation);
  writeCharges(tx, [{ subscription, written: ledger.written }]);
  return ledger.chargedUntil;
}
