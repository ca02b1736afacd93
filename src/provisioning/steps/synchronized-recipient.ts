import type { ProviderAccount } from '../../providers';
import type { Job } from '../job';
import { toProviderAccount } from '../to-provider';

/** Recipient of a job with the external ids of itself and its reseller. */
export function synchronizedRecipient({ account, reseller, externalIds }: Job): ProviderAccount {
  return toProviderAccount(
    account,
    'User',
    externalIds.get(account.id),
    reseller ? externalIds.get(reseller.id) : undefined,
  );
}
