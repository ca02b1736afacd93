import {
  type ChangeContents,
  type CloudSubscription,
  exact,
  OperationKind,
  OperationState,
  type PricedUnits,
  type ProvisioningOperation,
  SubscriptionLot,
} from '../entities';
import { LedgerError } from './ledger-error';

type Bringer = Pick<ProvisioningOperation, 'id' | 'subscriptionId'>;

/** Lots that an operation brings. */
export const newLots = ({ id, subscriptionId }: Bringer, items: readonly PricedUnits[], since: Date) =>
  items.map(item =>
    Object.assign(new SubscriptionLot(), {
      ...item,
      retailMinor: item.retailMinor ?? null,
      operationId: id,
      subscriptionId,
      since,
    }),
  );

/** Time of a lot that comes at `now`: after all others, because the newest is reduced first. The clock may have been set back. */
export function timeAfter(lots: readonly SubscriptionLot[], now: Date): Date {
  const last = lots.at(-1);
  return last && last.since >= now ? new Date(last.since.getTime() + 1) : now;
}

/** Recurring charge of lots per billing cycle, in minor units. */
export const recurringOf = (lots: readonly SubscriptionLot[]): number =>
  lots.reduce((sum, { quantity, unitMinor }) => exact(sum + exact(quantity * unitMinor)), 0);

/** Recurring charge of lots at retail prices. Null if a lot has none, or if the sum is more than can be counted. */
export function retailOf(lots: readonly SubscriptionLot[]): number | null {
  const held = lots.filter(({ quantity }) => quantity > 0);
  const sum = held.reduce(
    (all, { quantity, retailMinor }) => all + quantity * (retailMinor ?? Number.NaN),
    0,
  );
  return Number.isSafeInteger(sum) ? sum : null;
}

/** Sum of two amounts at retail prices. Null if one is unknown, or if the sum is more than can be counted. */
export function addRetail(one: number | null, other: number | null): number | null {
  const sum = one === null || other === null ? Number.NaN : one + other;
  return Number.isSafeInteger(sum) ? sum : null;
}

/** Takes `units` of an item, from the newest lot first. Throws if the lots have fewer. */
function takeNewest(lots: readonly SubscriptionLot[], itemId: string, units: number): SubscriptionLot[] {
  let rest = units;
  const left = lots.toReversed().map(lot => {
    if (lot.itemId !== itemId || rest === 0) return lot;
    const taken = Math.min(lot.quantity, rest);
    rest -= taken;
    return Object.assign(new SubscriptionLot(), lot, { quantity: lot.quantity - taken });
  });
  if (rest > 0) throw new LedgerError(`The lots of ${itemId} have ${rest} units less than the subscription`);
  return left.toReversed();
}

/** Change of the lots of a subscription. */
export interface LotChange {
  after: Pick<ChangeContents, 'productId' | 'addons'>;
  /** Licenses of the product, which a change keeps. */
  licenses: number;
  added: readonly PricedUnits[];
}

/** Lots after a change, oldest first: what goes leaves the newest lots, what comes is one lot for each item. */
export function changeLots(
  lots: readonly SubscriptionLot[],
  { after, licenses, added }: LotChange,
  operation: Bringer,
  since: Date,
): SubscriptionLot[] {
  const totals = new Map(after.addons.map(({ addonId, quantity }) => [addonId, quantity]));
  totals.set(after.productId, licenses);
  const comes = new Map(added.map(({ itemId, quantity }) => [itemId, quantity]));
  let left = [...lots];
  for (const itemId of new Set(lots.map(lot => lot.itemId))) {
    const held = lots.reduce((sum, lot) => (lot.itemId === itemId ? sum + lot.quantity : sum), 0);
    const goes = held + (comes.get(itemId) ?? 0) - (totals.get(itemId) ?? 0);
    if (goes > 0) left = takeNewest(left, itemId, goes);
  }
  return [...left, ...newLots(operation, added, timeAfter(lots, since))];
}

/**
 * Adds the lots of operations that succeeded before there were lots, or in a process of the version before. Resolves to all
 * lots, oldest first. The license has what is left of the recurring amount: only its order line had its price.
 */
export function completeLots(
  subscription: CloudSubscription,
  operations: readonly ProvisioningOperation[],
  lots: readonly SubscriptionLot[],
): SubscriptionLot[] {
  const known = new Set(lots.map(({ operationId }) => operationId));
  const missing = operations.filter(
    ({ id, kind, state, orderId }) =>
      (kind === OperationKind.PROVISION || kind === OperationKind.ADD_ADDONS) &&
      state === OperationState.SUCCEEDED &&
      orderId !== null &&
      !known.has(id),
  );
  const addons = missing.flatMap(operation =>
    newLots(operation, pricedAddons(operation), operation.finishedAt ?? operation.createdAt),
  );
  const first = missing.find(({ kind }) => kind === OperationKind.PROVISION);
  const rest = subscription.recurringMinor - recurringOf([...lots, ...addons]);
  const licenses = first
    ? newLots(first, [licensesAt(subscription, rest)], first.finishedAt ?? first.createdAt)
    : [];
  return [...lots, ...licenses, ...addons].sort(byAge);
}

/**
 * Licenses of a subscription that cost `minor` together, and `retailMinor` at retail prices. Throws if the price per license is
 * not whole.
 */
export function licensesAt(
  { productId, quantity }: CloudSubscription,
  minor: number,
  retailMinor: number | null = null,
): PricedUnits {
  if (minor % quantity !== 0)
    throw new LedgerError(`${quantity} licenses of ${productId} cannot cost ${minor}`);
  return {
    itemId: productId,
    quantity,
    unitMinor: minor / quantity,
    retailMinor: retailMinor === null ? null : retailMinor / quantity,
  };
}

/** Add-ons of an operation with their prices. */
export const pricedAddons = ({ addons }: Pick<ProvisioningOperation, 'addons'>): PricedUnits[] =>
  addons.map(({ addonId, ...units }) => ({ itemId: addonId, ...units }));

const byAge = (one: SubscriptionLot, other: SubscriptionLot) =>
  one.since.getTime() - other.since.getTime() ||
  compare(one.operationId, other.operationId) ||
  compare(other.itemId, one.itemId);

const compare = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1);
