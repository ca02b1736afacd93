import type { ProviderAccount } from './subscription';

/** Field of an account that a provider can need, as clients name it in `createAccount` and `updateAccount`. */
export type AccountField =
  | 'name'
  | 'email'
  | 'billing.addressLine1'
  | 'billing.city'
  | 'billing.postalCode'
  | 'billing.country';

const values: Readonly<Record<AccountField, (account: ProviderAccount) => string>> = {
  name: ({ name }) => name,
  email: ({ email }) => email,
  'billing.addressLine1': ({ address }) => address.line1,
  'billing.city': ({ address }) => address.city,
  'billing.postalCode': ({ address }) => address.postalCode,
  'billing.country': ({ address }) => address.country,
};

/** Fields among `needed` that an account lacks. */
export const missingFields = (account: ProviderAccount, needed: readonly AccountField[]): AccountField[] =>
  needed.filter(field => !values[field](account)?.trim());
