import type { CatalogItemKind } from '../entities';
import type { ProviderBillingCycle } from './subscription';

/** Price of an item for one billing cycle. */
export interface ProviderPrice {
  currency: string;
  billingCycle: ProviderBillingCycle;
  /** Decimal number in units of the currency. */
  amount: string;
}

/** Product or add-on in a provider's catalog. */
export interface ProviderItem {
  sku: string;
  name: string;
  /** Storage of one unit, in bytes (1 TB = 10^12). */
  bytes: number;
  /** Attributes to send with an order of it. */
  attributes: Record<string, string>;
  prices: ProviderPrice[];
  /** Position in the provider's catalog. */
  position: string;
}

/** Service in a provider's catalog. */
export interface ProviderService {
  /** `serviceType` of its subscriptions. */
  type: string;
  name: string;
  /** Maximum number of licenses in one subscription. Null means no limit. */
  quantityLimit: number | null;
  allowMultiple: boolean;
  /** Whether a cancellation needs no decision. */
  cancelsAtOnce: boolean;
  products: ProviderItem[];
  /** `fits` has the SKUs of the products that an add-on is sold with. */
  addons: (ProviderItem & { fits: string[] })[];
}

/** Entry of a provider's catalog that cannot be imported. */
export interface RejectedEntry {
  /** Position in the provider's catalog: `services[0].plans[2]`. */
  position: string;
  kind: CatalogItemKind;
  /** Type of its service. Null for a service itself. */
  type: string | null;
  /** Id at the provider. Null without one. */
  code: string | null;
  reason: string;
}

/** Provider's catalog, and the entries that were rejected. */
export interface ProviderCatalog {
  services: ProviderService[];
  rejected: RejectedEntry[];
}
