import type { Account } from '../../entities';
import { accountSynchronized, holdAccount, serviceAccount } from '../accounts';
import { type Job, toProviderAccount } from '../job';
import type { ProviderAccount } from '../provider/port';
import type { CallTools, Step } from './step';

/**
 * Makes the provider know an account. It is asked for by its e-mail first and then written under the id that the
 * provider has for it, if any. Written even then: to exist is not to be ours, for the account may hang under another
 * reseller, and only the write says so.
 */
function synchronize(
  who: (job: Job) => Account | null,
  describe: (job: Job, account: Account, tools: CallTools) => Promise<ProviderAccount>,
): Step<string> {
  return {
    async enter(tx, job) {
      const account = who(job);
      if (!account || !job.keepsAccounts) return 'skip';
      const hold = await holdAccount(tx, account, job.service.id, job.operation.id);
      return ({ known: 'skip', held: 'call', elsewhere: 'later' } as const)[hold];
    },

    async call(job, tools) {
      const account = who(job);
      const { accounts } = tools.provider;
      if (!account || !accounts) throw new Error('There is no account to synchronize.');
      const described = await describe(job, account, tools);
      const externalId = await accounts.find(described, tools.call);
      return accounts.synchronize({ ...described, externalId }, tools.call);
    },

    remedy: "Correct the account's e-mail, address or reseller, here or at the provider",

    async settle(tx, job, externalId) {
      const account = who(job);
      if (account) await accountSynchronized(tx, account, job.service.id, job.operation.id, externalId);
    },
  };
}

/** The reseller, matched by its e-mail; skipped for a direct customer. */
export const synchronizeReseller = synchronize(
  job => job.reseller,
  async (_job, reseller) => toProviderAccount(reseller, 'Reseller'),
);

/** The recipient, under its reseller where it has one. */
export const importCustomer = synchronize(
  job => job.account,
  async (job, account, { session }) => {
    const parent = job.reseller && (await serviceAccount(session, job.reseller.id, job.service.id));
    return toProviderAccount(account, 'User', undefined, parent?.externalId ?? undefined);
  },
);
