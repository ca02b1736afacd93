import type { CatalogSnapshot, Tariff } from '../../catalog';
import type { Account, BillingCycle } from '../../entities';
import type { Actor } from '../../policies';
import type { OpenRequests } from '../subscriptions/activity';

/** Number of units of an add-on. */
export interface AddonQuantity {
  addonId: string;
  quantity: number;
}

/** A line before it is ordered: of a basket, or of the input of `placeOrder`. */
export interface DraftLine {
  productId: string;
  /** Set when the line adds add-ons to this subscription; `quantity` is 0 then. */
  subscriptionId: string | null;
  billingCycle: BillingCycle;
  quantity: number;
  friendlyName: string | null;
  addons: readonly AddonQuantity[];
}

/** Draft of an order for a recipient. */
export interface Draft {
  actor: Actor;
  recipient: Account | null;
  lines: readonly DraftLine[];
}

/** A subscription that a line adds to, and what may stand in the way. */
export interface Target extends OpenRequests {
  /** Units of each add-on that it holds. */
  held: ReadonlyMap<string, number>;
}

/** Facts about a draft that the rules need, read at one time. */
export interface Facts {
  catalog: CatalogSnapshot;
  /** Prices for the buyer. */
  tariff: Tariff;
  /** The live subscriptions that have the places which new ones would take, by `liveSlot`. */
  live: ReadonlyMap<string, string>;
  /** The subscriptions that lines add to, by id; one that the actor may not see is not there. */
  targets: ReadonlyMap<string, Target>;
}
