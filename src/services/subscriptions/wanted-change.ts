import type { CatalogSnapshot, Tariff } from '../../catalog';
import type { ChangeTiming, CloudSubscription, SubscriptionLot } from '../../entities';

/** Total quantity of an add-on. */
export interface AddonTotal {
  addonId: string;
  quantity: number;
}

/** Wanted contents of a subscription. */
export interface WantedChange {
  /** Product of the same service. Null keeps the product. */
  productId?: string | null;
  /** Totals; 0 ends an add-on, and add-ons that are not named stay. */
  addons?: readonly AddonTotal[] | null;
  timing: ChangeTiming;
}

/** Data that a change is planned from, read at one time. */
export interface ChangeFacts {
  subscription: CloudSubscription;
  held: readonly AddonTotal[];
  lots: readonly SubscriptionLot[];
  catalog: CatalogSnapshot;
  /** Prices for the buyer. */
  tariff: Tariff;
  /** Prices for the end customer. Null for a subscription without a reseller. */
  retail: Tariff | null;
  /** Business time. */
  now: Date;
}
