import type { CatalogSnapshot } from '../../catalog';
import type { Transaction } from '../../database';
import {
  type ChangeContents,
  ChangeTiming,
  CloudSubscription,
  OperationKind,
  type SubscriptionChange,
  SyncState,
} from '../../entities';
import { runningPeriodEnd } from '../../ledger';
import { createOperation } from '../../provisioning';
import { findHeldAddons, transition } from '../../store';

/** Time at which an accepted change takes effect. Null for one that begins now. */
export function scheduledFor(
  { timing }: Pick<SubscriptionChange, 'timing'>,
  subscription: CloudSubscription,
  now: Date,
): Date | null {
  return timing === ChangeTiming.IMMEDIATE ? null : runningPeriodEnd(subscription, now);
}

/** Whether a subscription still holds what it held when the change was requested, at the same prices. */
export async function holdsWhatItHeld(
  tx: Transaction,
  subscription: CloudSubscription,
  { before }: SubscriptionChange,
): Promise<boolean> {
  const addons = await findHeldAddons(tx, subscription.id);
  return sameContents({ ...subscription, addons }, before);
}

type Contents = Pick<ChangeContents, 'productId' | 'recurringMinor' | 'addons'>;

/** Whether two contents are the same, with the same recurring amount. */
function sameContents(one: Contents, other: Contents): boolean {
  const totals = ({ addons }: Contents) =>
    addons
      .map(({ addonId, quantity }) => `${addonId} ${quantity}`)
      .sort()
      .join();
  return (
    one.productId === other.productId &&
    one.recurringMinor === other.recurringMinor &&
    totals(one) === totals(other)
  );
}

/** Begins the operation that changes the subscription at the provider, and then here. */
export async function beginChange(
  tx: Transaction,
  { id }: Pick<SubscriptionChange, 'id'>,
  subscription: CloudSubscription,
  catalog: CatalogSnapshot,
  requestedById: string,
): Promise<void> {
  await createOperation(tx, {
    kind: OperationKind.CHANGE,
    subscription,
    service: catalog.service(subscription.serviceId),
    orderId: null,
    changeId: id,
    requestedById,
    addons: [],
  });
  await transition(tx, CloudSubscription, subscription.id, { syncState: SyncState.PENDING });
}
