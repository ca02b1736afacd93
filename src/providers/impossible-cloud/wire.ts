/**
 * The service-manager contract on the wire: names, casing and nesting are the vendor's, member for member.
 * Source: interworks.cloud "Service Management API" (developer pages and the public SDK's type metadata); the base
 * path and the lower-case endpoints are from "Registering the Impossible Cloud Service Manager".
 */

/** Path prefix of every endpoint. */
export const BASE_PATH = '/v1/integration/infiterra/';

/** Endpoints that take a POST with an {@link AccountDefinition}. */
const ACCOUNT_ENDPOINTS = ['accounts/exists', 'accounts/synchronize', 'accounts/delete'] as const;

/** Endpoints that take a POST with a {@link ServiceDefinition}. */
const SERVICE_ENDPOINTS = [
  'subscriptions/create',
  'subscriptions/update',
  'subscriptions/cancel',
  'subscriptions/suspend',
  'subscriptions/activate',
  'subscriptions/upgradedowngrade',
  'addons/create',
  'addons/update',
  'addons/cancel',
] as const;

/** Endpoints of the set-up: `fields/validate` takes a POST, the others a GET. */
const SETUP_ENDPOINTS = [
  'accounts/syncoptions',
  'fields/get',
  'fields/validate',
  'fields/servicedefinition',
] as const;

/** Every endpoint, relative to the base URL. */
export const ENDPOINTS = [...ACCOUNT_ENDPOINTS, ...SERVICE_ENDPOINTS, ...SETUP_ENDPOINTS] as const;

/** Any endpoint of the contract. */
export type Endpoint = (typeof ENDPOINTS)[number];

/** The header names: which installation calls (application and key), and the correlation id of the call. */
export const HEADERS = {
  applicationId: 'X-CloudPlatform-ApplicationId',
  apiKey: 'X-CloudPlatform-APIKey',
  trackId: 'X-CloudPlatform-TrackId',
} as const;

/** Action for a subscription or an add-on. */
export type ActionType =
  | 'None'
  | 'Provision'
  | 'Cancel'
  | 'Suspend'
  | 'Activate'
  | 'Upgrade'
  | 'Downgrade'
  | 'UpgradeToPaid';

/** A person of an account. */
export interface ContactDetails {
  ID: string | null;
  FirstName: string;
  LastName: string;
  Phone: string | null;
  Fax: string | null;
  Email: string;
}

/** A postal address; `Country.Code` is ISO 3166-1 alpha-2. */
export interface AddressDefinition {
  Address1: string | null;
  Address2: string | null;
  City: string | null;
  PostCode: string | null;
  State: { Code: string | null; Name: string | null };
  Country: { Code: string | null; Name: string | null };
}

/** A reseller or its customer. `ID` is ours, `ExternalID` the provider's; the `Reseller…` pair names the parent. */
export interface AccountDefinition {
  ID: string;
  ExternalID: string | null;
  ResellerID: string | null;
  ResellerExternalID: string | null;
  Name: string;
  Code: string | null;
  Phone: string | null;
  Fax: string | null;
  WebSite: string | null;
  Email: string;
  IsTest: boolean;
  Description: string | null;
  ExtraDetails: Record<string, string>;
  SyncOptions: Record<string, string>;
  ContactDetails: ContactDetails;
  Address: AddressDefinition;
}

/** One product characteristic; `QuantityLinked` means that the value counts once for each unit. */
export interface AttributeDefinition {
  ID: string;
  Name: string;
  Value: string;
  Code: string;
  QuantityLinked: boolean;
  ExtraParameters: Record<string, string>;
}

/** Characteristics by their id. */
export type AttributeList = Record<string, AttributeDefinition>;

/** A term: `Duration` is a count, written as a string. */
export interface BillingCycleDefinition {
  Duration: string;
  DurationType: 'Month' | 'Year';
}

/** User who requested the change. `ID` is an integer, and omitted when ours is not one. */
export interface RequestedBy {
  ID?: number;
  FirstName: string;
  LastName: string;
  DisplayName: string;
  Email: string;
  Type: 'BSS' | 'Storefront' | 'API' | 'Unknown';
}

/** An add-on inside its subscription; `ParentID` is the subscription's external id. */
export interface AddonDefinition {
  ID: string | null;
  ParentID: string | null;
  Name: string;
  ProductID: string;
  ActionType: ActionType;
  Quantity: number;
  AttributeList: AttributeList;
  ExtraDetails: Record<string, string>;
}

/** A subscription, whole: `ID` is the provider's id (null on create), `SubscriptionID` ours. */
export interface ServiceDefinition {
  ID: string | null;
  SubscriptionID: string;
  OriginalSubscriptionID: string | null;
  Name: string;
  ServiceType: string;
  ProductID: string;
  ActionType: ActionType;
  Quantity: number;
  Account: AccountDefinition;
  AttributeList: AttributeList;
  Addons: AddonDefinition[];
  IsTest: boolean;
  AllowMultipleSubscriptions: boolean;
  IsFromOrder: boolean;
  BillingCycle: BillingCycleDefinition;
  CheckOverusage: boolean;
  Derivative: number;
  CustomFieldValues: Record<string, string>;
  ExtraDetails: Record<string, string>;
  IsTrial: boolean;
  /** True turns the call into a pre-check: validated, nothing done, no `Result`. */
  CheckOnly: boolean;
  RequestedBy?: RequestedBy;
}

/** Any answer. Refusals travel in HTTP 200 with a `Code` other than 0; `accounts/exists` answers 1 for "exists". */
export interface ResultDefinition {
  Code: number;
  Message: string | null;
  Result: string | null;
}
