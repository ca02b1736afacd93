import type { Transaction } from '../../../database';
import { type Account, PriceList, Role, type User } from '../../../entities';
import { invalid, notFound, Refusal, simple } from '../../../errors';
import {
  countManagedAccounts,
  countPaidOtherwise,
  findById,
  findManagedAccounts,
  findPublicPriceList,
  lockUser,
} from '../../../store';
import type { ActorContext } from '../../context';
import { type AccountReference, editAccount } from './edit-account';

/** Assigns an account to another account manager, or to none if the id is null. An omitted id changes nothing. */
export function assignAccountManager(
  context: ActorContext,
  input: AccountReference & { accountManagerId?: string | null },
): Promise<string> {
  const { accountManagerId } = input;
  return editAccount(context, 'assignAccountManager', input, async (tx, account) => {
    if (accountManagerId === undefined) return undefined;
    const manager = await lockManager(tx, accountManagerId);
    if (account.accountManagerId === accountManagerId) return undefined;
    const message = `${account.name} is looked after by ${manager?.name ?? 'nobody'}.`;
    return { patch: { accountManagerId }, message };
  });
}

/**
 * Assigns another price list to an account, or the public one if the id is null. An omitted id changes nothing.
 * Existing orders keep their prices.
 */
export function assignPriceList(
  context: ActorContext,
  input: AccountReference & { priceListId?: string | null },
): Promise<string> {
  const { priceListId } = input;
  return editAccount(context, 'assignPriceList', input, async (tx, account) => {
    if (priceListId === undefined) return undefined;
    const list = await refusePriceList(tx, account, priceListId);
    if (account.priceListId === priceListId) return undefined;
    const message = `${account.name} has the prices of the list ${list.code}.`;
    return { patch: { priceListId }, message };
  });
}

/** Locks the future account manager, so that the role cannot change meanwhile. Refuses other users. */
export async function lockManager(tx: Transaction, userId: string | null): Promise<User | undefined> {
  if (userId === null) return undefined;
  const path = ['accountManagerId'];
  const user = await lockUser(tx, userId);
  if (!user) throw new Refusal([notFound('user', path)]);
  if (user.roles.includes(Role.ACCOUNT_MANAGER) && !user.deactivatedAt) return user;
  throw new Refusal([invalid(path, `${user.name} is not an active account manager. Choose another user.`)]);
}

/** Maximum number of accounts that a refusal names. */
const MAX_NAMED = 5;

/** Refuses a change that would leave accounts of an account manager unmanaged. */
export async function refuseWhileManaging(tx: Transaction, { id, name, roles }: User): Promise<void> {
  if (!roles.includes(Role.ACCOUNT_MANAGER)) return;
  const some = await findManagedAccounts(tx, id, MAX_NAMED);
  if (some.length === 0) return;
  const count = await countManagedAccounts(tx, id);
  const names = some.map(account => account.name).join(', ');
  const more = count > some.length ? ` and ${count - some.length} more` : '';
  const message = `${name} looks after ${names}${more}. Assign another account manager with \`assignAccountManager\` first.`;
  throw new Refusal([simple('INVALID_STATE', message, ['userId'])]);
}

/** Refuses a price list that is missing, has no effect (reseller), or is in another currency than is paid. */
export async function refusePriceList(
  tx: Transaction,
  { id, resellerId }: Pick<Account, 'id' | 'resellerId'>,
  priceListId: string | null,
): Promise<PriceList> {
  const path = ['priceListId'];
  if (priceListId !== null && resellerId !== null) {
    throw new Refusal([
      invalid(path, 'The account has the price list of its reseller. Assign the list to the reseller.'),
    ]);
  }
  const list = await (priceListId === null ? findPublicPriceList(tx) : findById(tx, PriceList, priceListId));
  if (!list) throw new Refusal([notFound('price list', path)]);
  if ((await countPaidOtherwise(tx, id, list.currency)) === 0) return list;
  const message = `There are subscriptions that are paid in another currency than ${list.currency}.`;
  throw new Refusal([simple('INVALID_STATE', message, path)]);
}
