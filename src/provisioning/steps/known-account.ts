import { type Job, toProviderAccount } from '../job';
import type { ProviderAccount } from '../provider/port';

/** The recipient with the ids that the provider gave it and its reseller. */
export function knownAccount({ account, reseller, externalIds }: Job): ProviderAccount {
  return toProviderAccount(
    account,
    'User',
    externalIds.get(account.id),
    reseller ? externalIds.get(reseller.id) : undefined,
  );
}
