import { defineEnum } from './define-enum';

export const Role = defineEnum('Role', 'What a user may do.', {
  CUSTOMER: "A user of a direct customer's account: orders for that account.",
  RESELLER: "A user of a reseller's account: orders for its end customers and affiliates, never for itself.",
  ACCOUNT_MANAGER:
    'BSS staff: places and executes orders and decides cancellations for the accounts assigned to it.',
  ADMINISTRATOR:
    'BSS staff: manages the catalog, the accounts and the settings, and deputizes for every account manager.',
});
export type Role = keyof typeof Role;

export const ApiKeyScope = defineEnum('ApiKeyScope', 'What an API key may do.', {
  READ: 'Read, and follow streams. Every key may.',
  ORDER: 'Fill the basket and check it out.',
  CANCEL: 'Ask for the end of subscriptions, and take that back.',
  RENAME: 'Rename subscriptions.',
});
export type ApiKeyScope = keyof typeof ApiKeyScope;

export const AccountKind = defineEnum('AccountKind', 'What an account is.', {
  CUSTOMER: 'A direct customer, or the end customer of a reseller.',
  RESELLER: 'Sells to its own end customers.',
  AFFILIATE:
    "An account of the reseller's own group that may receive services, as the reseller itself may not.",
});
export type AccountKind = keyof typeof AccountKind;

export const SyncState = defineEnum('SyncState', 'How far a provider agrees with what is recorded here.', {
  UNSYNCED: 'The provider has not been told.',
  PENDING: 'The provider is being told.',
  SYNCED: 'The provider agrees.',
  FAILED: 'The provider refused or could not be reached; see the error.',
});
export type SyncState = keyof typeof SyncState;
