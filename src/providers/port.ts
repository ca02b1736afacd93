import type { CatalogItemKind } from '../entities';
import type { ProviderFault } from './fault';

export { ProviderFault } from './fault';

/** Options of one call. The deadline is a setting of the client. */
export interface ProviderCall {
  /** Correlation id for the provider's log. The same for every attempt of a step. */
  trackId: string;
  /** Aborts the call: UNAVAILABLE when the request was not sent, OUTCOME_UNKNOWN when it was. */
  signal?: AbortSignal | undefined;
}

/** Postal address. `country` is an ISO 3166-1 alpha-2 code. */
export interface ProviderAddress {
  line1: string;
  line2?: string | undefined;
  city: string;
  postalCode: string;
  country: string;
}

/** Contact person of an account. Defaults to the name and e-mail of the account. */
export interface ProviderContact {
  firstName: string;
  lastName: string;
  email: string;
  phone?: string | undefined;
}

/** Reseller or customer. The provider matches it by its lower-case e-mail. */
export interface ProviderAccount {
  /** Our id. */
  id: string;
  name: string;
  email: string;
  role: 'Reseller' | 'User';
  /** Id at the provider. Undefined before it is synchronized. */
  externalId?: string | undefined;
  /** Reseller of a customer, which is synchronized first. */
  reseller?: { id: string; externalId: string } | undefined;
  address: ProviderAddress;
  /** Legal name of the company, if it differs from `name`. */
  company?: string | undefined;
  phone?: string | undefined;
  contact?: ProviderContact | undefined;
}

/** Add-on with its total quantity, never a difference. */
export interface ProviderAddon {
  productId: string;
  name: string;
  quantity: number;
  /** Quantity before the change. 0 for a new add-on. */
  held: number;
  /** Attributes of one unit, which the provider multiplies by the quantity. */
  attributes: Record<string, string>;
  /** Whether the call changes this add-on. The others are sent unchanged. */
  change: boolean;
}

/** Billing cycle of a subscription. */
export type ProviderBillingCycle = 'MONTHLY' | 'ANNUALLY' | 'TWO_YEARS' | 'THREE_YEARS';

/** User who requested a change, and the channel. */
export interface ProviderRequester {
  id: string;
  name: string;
  email: string;
  via: 'Storefront' | 'BSS';
}

/** Complete subscription. Every call sends all of it. */
export interface ProviderSubscription {
  /** Our id, on which the provider de-duplicates. */
  id: string;
  /** Id at the provider. Undefined before it is created. */
  externalId?: string | undefined;
  /** Friendly name. */
  name: string;
  serviceType: string;
  productId: string;
  quantity: number;
  billingCycle: ProviderBillingCycle;
  attributes: Record<string, string>;
  account: ProviderAccount;
  /** Whether the account may have several live subscriptions of this service type. */
  allowMultiple: boolean;
  addons: ProviderAddon[];
  requestedBy?: ProviderRequester | undefined;
}

/**
 * Result of a call whose work the provider has accepted and does asynchronously (HTTP 202). `ticket` is opaque text from which
 * the client can poll in any process, also after a crash.
 */
export class Accepted {
  /** @param pollAfterMs delay before the next poll that the provider requests, in milliseconds. */
  constructor(
    readonly ticket: string,
    readonly pollAfterMs?: number,
  ) {}
}

/** Subscription as the provider has it. */
export interface ProviderHolding {
  /** Whether the provider has it and has not ended it. */
  live: boolean;
  /** Quantities by add-on SKU. Undefined when the provider does not report them. */
  addons?: Record<string, number>;
}

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

/** Account methods of a provider that keeps accounts. */
export interface ProviderAccounts {
  /** Finds an account by e-mail. Resolves to its external id, or undefined. */
  find(account: ProviderAccount, call: ProviderCall): Promise<string | undefined>;
  /** Creates or updates an account. Resolves to its external id. */
  synchronize(account: ProviderAccount, call: ProviderCall): Promise<string>;
}

/**
 * Port to a provider. Every method rejects with {@link ProviderFault} only, and is repeatable after an unknown outcome: accounts
 * match by e-mail, subscriptions by our id, and add-ons are totals. A change of a subscription may resolve to {@link Accepted},
 * and is then polled.
 */
export interface Provider {
  /** Absent when the provider keeps no accounts. Each subscription contains its account. */
  accounts?: ProviderAccounts;
  /**
   * Checks whether the provider would accept the subscription, without creating it. A refusal is a fault with code REJECTED.
   * Absent when the provider has no such check.
   */
  precheck?(subscription: ProviderSubscription, call: ProviderCall): Promise<void>;
  /** Creates the subscription without add-ons. Resolves to its external id. */
  createSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<string | Accepted>;
  /** Sets the add-ons marked `change` to their totals. */
  setAddons(subscription: ProviderSubscription, call: ProviderCall): Promise<Accepted | undefined>;
  /** Cancels the subscription. Without an external id the provider may not have it, which is no fault. */
  cancelSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<Accepted | undefined>;
  /**
   * Polls accepted work. Resolves to the external id of the subscription when it is done, and to {@link Accepted} while it is
   * not. A retryable fault is a fault of the poll; REJECTED means that the work has failed. Absent when the provider is
   * synchronous.
   */
  poll?(ticket: string, call: ProviderCall): Promise<string | Accepted>;
  /** Reads the subscription as the provider has it. */
  inspect(subscription: ProviderSubscription, call: ProviderCall): Promise<ProviderHolding>;
  /** Reads the catalog of the provider. */
  readCatalog(call: ProviderCall): Promise<ProviderCatalog>;
  /** Closes its connections. */
  close(): void;
}
