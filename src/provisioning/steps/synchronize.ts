import type { Account } from '../../entities';
import type { ProviderAccount } from '../../providers';
import { claimAccount, recordSynchronizedAccount } from '../account-claims';
import type { Job } from '../job';
import { toProviderAccount } from '../to-provider';
import type { Step } from './step';

/** Finds the account by e-mail, then writes it: only the write detects that it belongs to another reseller. */
function synchronize(
  accountOf: (job: Job) => Account | null,
  toAccount: (job: Job, account: Account) => ProviderAccount,
): Step<string> {
  return {
    async enter(tx, job) {
      const account = accountOf(job);
      if (!account || !job.needsAccounts) return 'skip';
      const claim = await claimAccount(tx, job, account);
      return ({ synchronized: 'skip', claimed: 'call', busy: 'wait' } as const)[claim];
    },

    async call(job, { provider: { accounts }, call }) {
      const account = accountOf(job);
      if (!account || !accounts) throw new Error('There is no account to synchronize.');
      const providerAccount = toAccount(job, account);
      const externalId = await accounts.find(providerAccount, call);
      return accounts.synchronize({ ...providerAccount, externalId }, call);
    },

    remedy: "Correct the account's e-mail or address with `updateAccount`, or its reseller at the provider",

    async settle(tx, job, externalId) {
      const account = accountOf(job);
      if (account) await recordSynchronizedAccount(tx, job, account, externalId);
    },
  };
}

/** Synchronizes the reseller. Skipped for a direct customer. */
export const synchronizeReseller = synchronize(
  job => job.reseller,
  (_job, reseller) => toProviderAccount(reseller, 'Reseller'),
);

/** Synchronizes the recipient, as a customer of its reseller when it has one. */
export const importCustomer = synchronize(
  job => job.account,
  ({ externalIds }, account) =>
    toProviderAccount(account, 'User', undefined, externalIds.get(account.resellerId ?? '')),
);
