import { z } from 'zod';
import type { Transaction } from '../../../database';
import { type Account, type BillingDetails, ProvisioningErrorCode, SyncState } from '../../../entities';
import { Refusal, refuseIf, simple } from '../../../errors';
import { accountChangeErrors } from '../../../policies';
import { countOpenOperations, findServiceAccounts } from '../../../store';
import { changeMessage } from '../../changed-fields';
import type { ActorContext } from '../../context';
import { parseInput, patchField } from '../../input';
import { withoutUndefined } from '../catalog/catalog-input';
import { accountFields } from './account-input';
import { type AccountReference, editAccount } from './edit-account';
import { refuseUnavailableEmail } from './unused-email';

/** Input of `updateAccount`. Omitted fields keep their values. */
export interface UpdateAccountInput extends AccountReference {
  name?: string | null;
  email?: string | null;
  billing?: BillingDetails | null;
}

const { REJECTED } = ProvisioningErrorCode;
const { name, email, billing } = accountFields;
const changes = z.object({ name: patchField(name), email: patchField(email), billing: patchField(billing) });

/** Changes the details of an account. Existing orders keep their billing details. */
export function updateAccount(context: ActorContext, input: UpdateAccountInput): Promise<string> {
  return refuseUnavailableEmail(context, () =>
    editAccount(context, 'updateAccount', input, async (tx, account, current) => {
      refuseIf(accountChangeErrors(current, account));
      const patch = withoutUndefined(parseInput(changes, input));
      if (patch.email !== undefined && patch.email !== account.email) await refuseIfSynchronized(tx, account);
      return { patch, message: changeMessage(`The details of ${account.name} were`, account, patch) };
    }),
  );
}

/** Refuses a new e-mail address if a provider may know the account by it. After a rejection it does not. */
async function refuseIfSynchronized(tx: Transaction, { id, name: known }: Account): Promise<void> {
  const told = await findServiceAccounts(tx, id);
  const open = await countOpenOperations(tx, id);
  const message = told.some(({ externalId }) => externalId !== null)
    ? `A provider knows ${known} by its e-mail address; it cannot be changed any more.`
    : open > 0
      ? `${known} is being provisioned. Change its e-mail address when that is finished.`
      : told.some(({ state, errorCode }) => state !== SyncState.UNSYNCED && errorCode !== REJECTED)
        ? `A provider may know ${known} by its e-mail address. Retry the operation that failed first, or execute another order.`
        : null;
  if (message) throw new Refusal([simple('INVALID_STATE', message, ['email'])]);
}
