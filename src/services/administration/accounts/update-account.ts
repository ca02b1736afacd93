import { z } from 'zod';
import type { Transaction } from '../../../database';
import { type Account, type BillingDetails, ServiceAccount, SyncState } from '../../../entities';
import { Refusal, simple } from '../../../errors';
import type { ActorContext } from '../../context';
import { kept, parseInput } from '../../input';
import { given } from '../catalog/catalog-input';
import { refusingDuplicates } from '../write';
import { accountFields } from './account-input';
import { editAccount, type NamedAccount } from './edit-account';

/** What is to change; what is left out stays. */
export interface UpdateAccountInput extends NamedAccount {
  name?: string | null;
  email?: string | null;
  billing?: BillingDetails | null;
}

const { name, email, billing } = accountFields;
const changes = z.object({ name: kept(name), email: kept(email), billing: kept(billing) });

/** Changes the details of an account. Orders that were placed keep the billing details of theirs. */
export function updateAccount(context: ActorContext, input: UpdateAccountInput): Promise<string> {
  return refusingDuplicates('e-mail address', ['email'], () =>
    editAccount(context, 'updateAccount', input, async (tx, account) => {
      const patch = given(parseInput(changes, input));
      if (patch.email !== undefined && patch.email !== account.email) await refuseIfKnown(tx, account);
      return { patch, message: `The details of ${account.name} were changed.` };
    }),
  );
}

/** Providers match accounts by e-mail: with another one, what they know would be somebody else's. */
async function refuseIfKnown(tx: Transaction, { id, name: known }: Account): Promise<void> {
  const told = await tx.count(ServiceAccount, 'WHERE t.accountId = ? AND t.state <> ?', [
    id,
    SyncState.UNSYNCED,
  ]);
  if (told === 0) return;
  const message = `A provider knows ${known} by its e-mail address; it cannot be changed any more.`;
  throw new Refusal([simple('INVALID_STATE', message, ['email'])]);
}
