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
 * What provisioning needs of a provider. Every method rejects with {@link ProviderFault} and nothing else, and every
 * method may be repeated after an unknown outcome: accounts match by e-mail, a subscription by our id, add-ons are set.
 */
export interface Provider {
  /** Asks whether the subscription would be accepted; nothing is done. A refusal is a fault with code REJECTED. */
  precheck(subscription: ProviderSubscription, call: ProviderCall): Promise<void>;
  /** The external id of the account with this e-mail, or undefined when the provider has none. */
  findAccount(account: ProviderAccount, call: ProviderCall): Promise<string | undefined>;
  /** Creates the account or brings it up to date; answers its external id. */
  synchronizeAccount(account: ProviderAccount, call: ProviderCall): Promise<string>;
  /** Creates the base product, without add-ons, for an account that has its external id; answers the external id. */
  createSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<string>;
  /** Adds the add-ons marked `change`, which are new to the subscription. */
  createAddons(subscription: ProviderSubscription, call: ProviderCall): Promise<void>;
  /** Sets the add-ons marked `change`, which the subscription already has, to their new totals. */
  updateAddons(subscription: ProviderSubscription, call: ProviderCall): Promise<void>;
  /** Ends the subscription with its add-ons; one without an external id may turn out never to have begun. */
  cancelSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<void>;
}
