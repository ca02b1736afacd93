import {
  type ChangeContents,
  ChangeKind,
  ChangeTiming,
  type PricedUnits,
  type Product,
  type SubscriptionLot,
} from '../../entities';
import { Refusal, refuseIf, simple } from '../../errors';
import { changeLots, recurringOf, retailOf, runningPeriodEnd } from '../../ledger';
import { capacityOf } from '../../provisioning';
import { addonTotalErrors, productErrors, sizeErrors, staleAddonErrors } from './change-rules';
import type { ChangeFacts, WantedChange } from './wanted-change';

/** A change with everything that follows from it. Preview and request use the same. */
export interface PlannedChange {
  kinds: ChangeKind[];
  before: ChangeContents;
  after: ChangeContents;
  /** Units that the change buys, at current prices. */
  added: PricedUnits[];
  /** Lots after the change, oldest first. */
  lots: SubscriptionLot[];
  effectiveAt: Date;
}

/** Plans a change. Refuses with every error of the wanted contents. */
export function planChange(facts: ChangeFacts, wanted: WantedChange): PlannedChange {
  const { subscription, held, lots, catalog, tariff } = facts;
  const current = catalog.product(subscription.productId);
  refuseIf([...productErrors(facts, wanted.productId ?? null), ...addonTotalErrors(facts, wanted)]);
  const product = wanted.productId ? catalog.product(wanted.productId) : current;
  refuseIf(staleAddonErrors(facts, product, wanted));
  const price = (itemId: string) => tariff.pricesOf(itemId).get(subscription.billingCycle) ?? 0;
  const bought = (itemId: string, quantity: number): PricedUnits => ({
    itemId,
    quantity,
    unitMinor: price(itemId),
    retailMinor: retailPrice(facts, itemId),
  });

  const before = new Map(held.map(({ addonId, quantity }) => [addonId, quantity]));
  const after = new Map(before);
  for (const { addonId, quantity } of wanted.addons ?? []) after.set(addonId, quantity);
  const differences = [...after].map(([id, quantity]) => [id, quantity - (before.get(id) ?? 0)] as const);
  const added: PricedUnits[] = differences.flatMap(([itemId, quantity]) =>
    quantity > 0 ? [bought(itemId, quantity)] : [],
  );
  const kinds: ChangeKind[] = [];
  if (added.length > 0) kinds.push(ChangeKind.ADD_ADDONS);
  if (differences.some(([, quantity]) => quantity < 0)) kinds.push(ChangeKind.REDUCE_ADDONS);
  if (product !== current) {
    kinds.push(isLarger(product, current, price) ? ChangeKind.UPGRADE : ChangeKind.DOWNGRADE);
    added.push(bought(product.id, subscription.quantity));
  }
  if (kinds.length === 0) {
    throw new Refusal([
      simple('NOTHING_TO_CHANGE', `${subscription.friendlyName} already holds what the change asks for.`),
    ]);
  }
  const contents = {
    productId: product.id,
    addons: [...after].flatMap(([addonId, quantity]) => (quantity > 0 ? [{ addonId, quantity }] : [])),
  };
  const licenses = subscription.quantity;
  const capacityBytes = capacityOf(catalog, product, licenses, contents.addons);
  refuseIf(sizeErrors(facts, wanted, capacityBytes, added));
  const change = { after: contents, licenses, added };
  const changed = changeLots(lots, change, { id: '', subscriptionId: subscription.id }, facts.now);
  return {
    kinds,
    before: {
      productId: current.id,
      addons: held.map(({ addonId, quantity }) => ({ addonId, quantity })),
      capacityBytes: capacityOf(catalog, current, licenses, held),
      recurringMinor: recurringOf(lots),
      retailMinor: retailOf(lots),
    },
    after: {
      ...contents,
      capacityBytes,
      recurringMinor: recurringOf(changed),
      retailMinor: retailOf(changed),
    },
    added,
    lots: changed,
    effectiveAt: effectOf(facts, wanted.timing),
  };
}

/** Retail price of an item, in the currency and for the billing cycle of the subscription. Null for none. */
const retailPrice = ({ retail, subscription: { currency, billingCycle } }: ChangeFacts, itemId: string) =>
  (retail?.currency === currency ? retail.pricesOf(itemId).get(billingCycle) : null) ?? null;

/** Whether a product is larger than another: by capacity, or by price for products of one capacity. */
function isLarger(product: Product, other: Product, price: (itemId: string) => number): boolean {
  if (product.capacityBytes !== other.capacityBytes) return product.capacityBytes > other.capacityBytes;
  return price(product.id) >= price(other.id);
}

function effectOf({ subscription, now }: ChangeFacts, timing: ChangeTiming): Date {
  if (timing === ChangeTiming.IMMEDIATE) return now;
  const end = runningPeriodEnd(subscription, now);
  if (end) return end;
  throw new Refusal([
    simple('INVALID_STATE', `${subscription.friendlyName} has no billing period. Change it immediately.`, [
      'timing',
    ]),
  ]);
}
