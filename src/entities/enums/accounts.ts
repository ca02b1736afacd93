import { defineEnum } from './define-enum';

export const Role = defineEnum('Role', 'Role of a user.', {
  CUSTOMER: 'User of a direct customer. Orders for its own account.',
  RESELLER: 'User of a reseller. Orders for its end customers and affiliates, never for itself.',
  ACCOUNT_MANAGER:
    'Member of BSS staff. Places and executes orders and decides on cancellations for its assigned accounts.',
  ADMINISTRATOR:
    'Member of BSS staff. Manages the catalog, the accounts and the users, and can do everything that an account manager does.',
});
export type Role = keyof typeof Role;

export const ApiKeyScope = defineEnum('ApiKeyScope', 'Permission of an API key.', {
  READ: 'Read data and receive streams. Every key has this permission.',
  ORDER: 'Fill the basket and check it out.',
  CANCEL: 'Request the cancellation of subscriptions, and withdraw such requests.',
  RENAME: 'Rename subscriptions.',
  CUSTOMERS:
    'Create and update accounts, set their references, and invite their users with the role CUSTOMER.',
  EXECUTE: 'Place, execute and cancel orders of customers, and retry their operations. Staff only.',
  DECIDE: 'Decide on cancellation requests.',
  MANAGE_CATALOG:
    'Change the catalog and its prices, and import the catalogs of providers. Administrators only.',
});
export type ApiKeyScope = keyof typeof ApiKeyScope;

export const AccountKind = defineEnum('AccountKind', 'Kind of account.', {
  CUSTOMER: 'A direct customer, or the end customer of a reseller.',
  RESELLER: 'A reseller, which sells to its own end customers.',
  AFFILIATE: 'A company in the group of a reseller. It can receive services, unlike the reseller itself.',
});
export type AccountKind = keyof typeof AccountKind;

export const SyncState = defineEnum('SyncState', 'Synchronization of a record with its provider.', {
  UNSYNCED: 'Not sent to the provider yet.',
  PENDING: 'Being sent to the provider.',
  SYNCED: 'Confirmed by the provider.',
  FAILED: 'Rejected by the provider, or the provider could not be reached. See the error.',
});
export type SyncState = keyof typeof SyncState;
