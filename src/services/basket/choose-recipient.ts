import { Account, type Basket } from '../../entities';
import { notFound, Refusal } from '../../errors';
import { recipientError } from '../../policies';
import { findVisible } from '../../store';
import type { ActorContext } from '../context';
import { changeBasket } from './change-basket';

/** Sets the recipient: an end customer or affiliate of the reseller, or a direct customer's own account. */
export function chooseRecipient(
  context: ActorContext,
  input: { accountId: string; expectedVersion?: number | null },
): Promise<Basket> {
  return changeBasket(context, 'chooseRecipient', input.expectedVersion, async ({ tx }) => {
    const account = await findVisible(tx, context.actor, Account, input.accountId);
    if (!account) throw new Refusal([notFound('account', ['accountId'])]);
    const refused = recipientError(context.actor, account);
    if (refused) throw new Refusal([Object.assign(refused, { path: ['accountId'] })]);
    return { recipientId: account.id };
  });
}
