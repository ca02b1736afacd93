import type { Account } from '../../entities';
import { accountSynchronized, holdAccount } from '../accounts';
import { type Job, toProviderAccount } from '../job';
import type { ProviderAccount } from '../provider/port';
import type { Step } from './step';

/**
 * Makes the provider know an account. It is asked for by its e-mail first and then written under the id that the
 * provider has for it, if any. Written even then: to exist is not to be ours, for the account may hang under another
 * reseller, and only the write says so.
 */
function synchronize(
  who: (job: Job) => Account | null,
  describe: (job: Job, account: Account) => ProviderAccount,
): Step<string> {
  return {
    async enter(tx, job) {
      const account = who(job);
      if (!account || !job.keepsAccounts) return 'skip';
      const hold = await holdAccount(tx, job, account);
      return ({ known: 'skip', held: 'call', elsewhere: 'later' } as const)[hold];
    },

    async call(job, { provider: { accounts }, call }) {
      const account = who(job);
      if (!account || !accounts) throw new Error('There is no account to synchronize.');
      const described = describe(job, account);
      const externalId = await accounts.find(described, call);
      return accounts.synchronize({ ...described, externalId }, call);
    },

    remedy: "Correct the account's e-mail or address with `updateAccount`, or its reseller at the provider",

    async settle(tx, job, externalId) {
      const account = who(job);
      if (account) await accountSynchronized(tx, job, account, externalId);
    },
  };
}

/** The reseller, matched by its e-mail; skipped for a direct customer. */
export const synchronizeReseller = synchronize(
  job => job.reseller,
  (_job, reseller) => toProviderAccount(reseller, 'Reseller'),
);

/** The recipient, under its reseller where it has one. */
export const importCustomer = synchronize(
  job => job.account,
  ({ externalIds }, account) =>
    toProviderAccount(account, 'User', undefined, externalIds.get(account.resellerId ?? '')),
);
