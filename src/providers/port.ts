import type { CatalogItemKind } from '../entities';
import type { ProviderFault } from './fault';

export { ProviderFault } from './fault';

/** What travels with one call besides its subject. The deadline comes from the client's settings. */
export interface ProviderCall {
  /** The correlation id that the provider's log will show; the same for every attempt of a step. */
  trackId: string;
  /** Aborting it gives the call up: UNAVAILABLE if the request had not left yet, OUTCOME_UNKNOWN if it had. */
  signal?: AbortSignal | undefined;
}

/** A postal address; `country` is ISO 3166-1 alpha-2. */
export interface ProviderAddress {
  line1: string;
  line2?: string | undefined;
  city: string;
  postalCode: string;
  country: string;
}

/** The person to talk to at an account; without one the account's own name and e-mail stand in. */
export interface ProviderContact {
  firstName: string;
  lastName: string;
  email: string;
  phone?: string | undefined;
}

/** A party that the provider knows or is to know. The provider matches it by its e-mail, lower-cased. */
export interface ProviderAccount {
  /** Our id. */
  id: string;
  name: string;
  email: string;
  role: 'Reseller' | 'User';
  /** The provider's id, once synchronized. */
  externalId?: string | undefined;
  /** The parent of a customer; it has to be synchronized first, so its external id is known. */
  reseller?: { id: string; externalId: string } | undefined;
  address: ProviderAddress;
  /** The company's legal name where it differs from `name`. */
  company?: string | undefined;
  phone?: string | undefined;
  contact?: ProviderContact | undefined;
}

/** An add-on with the total that the subscription shall have, never a difference. */
export interface ProviderAddon {
  productId: string;
  name: string;
  quantity: number;
  /** What the provider has granted of it already: 0 for one that is new to the subscription. */
  held: number;
  /** Characteristics of one unit; the provider multiplies them by the quantity. */
  attributes: Record<string, string>;
  /** True for the add-ons that this call is about; the others are sent as they are. */
  change: boolean;
}

/** How often a subscription renews. */
export type ProviderBillingCycle = 'MONTHLY' | 'ANNUALLY' | 'TWO_YEARS' | 'THREE_YEARS';

/** The person who asked for a change, and where. */
export interface ProviderRequester {
  id: string;
  name: string;
  email: string;
  via: 'Storefront' | 'BSS';
}

/** A subscription as a whole; every call sends all of it and the provider works out what it amounts to. */
export interface ProviderSubscription {
  /** Our id, which the provider de-duplicates on. */
  id: string;
  /** The provider's id, once created. */
  externalId?: string | undefined;
  /** The friendly name. */
  name: string;
  serviceType: string;
  productId: string;
  quantity: number;
  billingCycle: ProviderBillingCycle;
  attributes: Record<string, string>;
  account: ProviderAccount;
  /** False lets the provider refuse a second live subscription of this service type for the account. */
  allowMultiple: boolean;
  addons: ProviderAddon[];
  requestedBy?: ProviderRequester | undefined;
}

/**
 * The provider has taken the work on and does it later, in the manner of HTTP 202. `ticket` is all that the client needs
 * to ask how it is going, from any process and after any crash; to everybody else it is opaque.
 */
export class Accepted {
  /** `againInMs` is when the provider wants to be asked, where it says so. */
  constructor(
    readonly ticket: string,
    readonly pollAfterMs?: number,
  ) {}
}

/** What the provider has of one subscription. */
export interface ProviderHolding {
  /** False: it has none, or has ended it. */
  live: boolean;
  /** Units by add-on, where the provider tells; add-ons that it does not name are not there. */
  addons?: Record<string, number>;
}

/** What an item costs for one billing cycle. */
export interface ProviderPrice {
  currency: string;
  billingCycle: ProviderBillingCycle;
  /** Decimal, in units of the currency. */
  amount: string;
}

/** A product or an add-on as the provider offers it. */
export interface ProviderItem {
  sku: string;
  name: string;
  /** Storage of one unit, in bytes (1 TB = 10^12). */
  bytes: number;
  /** What the provider wants to be told with an order of it. */
  attributes: Record<string, string>;
  prices: ProviderPrice[];
  /** Where it stands in the provider's catalog. */
  position: string;
}

/** A kind of service that the provider offers, with its rules. */
export interface ProviderService {
  /** `serviceType` of its subscriptions. */
  type: string;
  name: string;
  /** Licenses in one subscription at most; null means no bound. */
  quantityLimit: number | null;
  allowMultiple: boolean;
  /** Whether a cancellation needs nobody's decision. */
  cancelsAtOnce: boolean;
  products: ProviderItem[];
  /** `fits` has the SKUs of the products that an add-on goes with. */
  addons: (ProviderItem & { fits: string[] })[];
}

/** An entry of a provider's catalog that cannot be imported. */
export interface RejectedEntry {
  /** Where it stands in the provider's catalog: `services[0].plans[2]`. */
  position: string;
  kind: CatalogItemKind;
  /** The service that it belongs to; null for a service itself. */
  type: string | null;
  /** The provider's id of it; null where it has none. */
  code: string | null;
  reason: string;
}

/** A provider's catalog as far as it could be read. */
export interface ProviderCatalog {
  services: ProviderService[];
  rejected: RejectedEntry[];
}

/** What a provider that keeps accounts is told of them before it is told of their subscriptions. */
export interface ProviderAccounts {
  /** The external id of the account with this e-mail, or undefined when the provider has none. */
  find(account: ProviderAccount, call: ProviderCall): Promise<string | undefined>;
  /** Creates the account or brings it up to date; answers its external id. */
  synchronize(account: ProviderAccount, call: ProviderCall): Promise<string>;
}

/**
 * What provisioning needs of a provider. Every method rejects with {@link ProviderFault} and nothing else, and every
 * method may be repeated after an unknown outcome: accounts match by e-mail, a subscription by our id, add-ons are set.
 * Whatever changes a subscription may be {@link Accepted} instead of done; `poll` then tells how it went.
 */
export interface Provider {
  /** Absent where the provider keeps no accounts: each subscription then says whose it is. */
  accounts?: ProviderAccounts;
  /**
   * Asks whether the subscription would be accepted; nothing is done. A refusal is a fault with code REJECTED. Absent where
   * the provider can't be asked: its first call decides.
   */
  precheck?(subscription: ProviderSubscription, call: ProviderCall): Promise<void>;
  /** Creates the base product, without add-ons, for an account that has its external id; answers the external id. */
  createSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<string | Accepted>;
  /** Sets the add-ons marked `change` to their totals, whether the subscription has them already or not. */
  setAddons(subscription: ProviderSubscription, call: ProviderCall): Promise<Accepted | undefined>;
  /** Ends the subscription with its add-ons; one without an external id may turn out never to have begun. */
  cancelSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<Accepted | undefined>;
  /**
   * How the work behind a ticket goes: the subscription's external id when it is done, {@link Accepted} again while it is
   * not. A fault that may pass is one of asking; REJECTED means that the work has failed. Absent where nothing is ever
   * accepted for later.
   */
  poll?(ticket: string, call: ProviderCall): Promise<string | Accepted>;
  /** What the provider has of the subscription now; nothing is done. */
  inspect(subscription: ProviderSubscription, call: ProviderCall): Promise<ProviderHolding>;
  /** Everything that the provider offers now. */
  readCatalog(call: ProviderCall): Promise<ProviderCatalog>;
  /** Ends its connections. */
  close(): void;
}
