/** Postal address. `country` is an ISO 3166-1 alpha-2 code. */
export interface ProviderAddress {
  line1: string;
  line2?: string | undefined;
  city: string;
  postalCode: string;
  country: string;
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
}

/** Add-on with its total quantity, never a difference. */
export interface ProviderAddon {
  productId: string;
  name: string;
  quantity: number;
  /** Quantity before the change, as we know it. 0 for a new add-on. */
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
  /** Product before a change of product. Brokers expect it with the change. */
  previousProductId?: string | undefined;
  quantity: number;
  billingCycle: ProviderBillingCycle;
  attributes: Record<string, string>;
  account: ProviderAccount;
  /** Whether the account may have several live subscriptions of this service type. */
  allowMultiple: boolean;
  addons: ProviderAddon[];
  requestedBy?: ProviderRequester | undefined;
}
