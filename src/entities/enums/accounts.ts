import { registerEnum } from './register-enum';

export enum Role {
  CUSTOMER = 'CUSTOMER',
  RESELLER = 'RESELLER',
  ACCOUNT_MANAGER = 'ACCOUNT_MANAGER',
  ADMINISTRATOR = 'ADMINISTRATOR',
}
registerEnum('Role', Role, 'What a user may do.', {
  CUSTOMER: "A user of a direct customer's account: orders for that account.",
  RESELLER: "A user of a reseller's account: orders for its end customers and affiliates, never for itself.",
  ACCOUNT_MANAGER:
    'BSS staff: places and executes orders and decides cancellations for the accounts assigned to it.',
  ADMINISTRATOR:
    'BSS staff: manages the catalog, the accounts and the settings, and deputizes for every account manager.',
});

export enum ApiKeyScope {
  READ = 'READ',
  ORDER = 'ORDER',
  CANCEL = 'CANCEL',
  RENAME = 'RENAME',
}
registerEnum('ApiKeyScope', ApiKeyScope, 'What an API key may do.', {
  READ: 'Read, and follow streams. Every key may.',
  ORDER: 'Fill the basket and check it out.',
  CANCEL: 'Ask for the end of subscriptions, and take that back.',
  RENAME: 'Rename subscriptions.',
});

export enum AccountKind {
  CUSTOMER = 'CUSTOMER',
  RESELLER = 'RESELLER',
  AFFILIATE = 'AFFILIATE',
}
registerEnum('AccountKind', AccountKind, 'What an account is.', {
  CUSTOMER: 'A direct customer, or the end customer of a reseller.',
  RESELLER: 'Sells to its own end customers.',
  AFFILIATE:
    "An account of the reseller's own group that may receive services, as the reseller itself may not.",
});

export enum SyncState {
  UNSYNCED = 'UNSYNCED',
  PENDING = 'PENDING',
  SYNCED = 'SYNCED',
  FAILED = 'FAILED',
}
registerEnum('SyncState', SyncState, 'How far a provider agrees with what is recorded here.', {
  UNSYNCED: 'The provider has not been told.',
  PENDING: 'The provider is being told.',
  SYNCED: 'The provider agrees.',
  FAILED: 'The provider refused or could not be reached; see the error.',
});
