import type { Transaction } from '../../../database';
import { type Account, type PriceList, Role, type User } from '../../../entities';
import { invalid, notFound, Refusal, simple } from '../../../errors';
import {
  countManagedAccounts,
  countPaidOtherwise,
  findManagedAccounts,
  findPriceList,
  findPublicPriceList,
  lockUser,
} from '../../../store';
import type { ActorContext } from '../../context';
import { type AccountReference, editAccount } from './edit-account';

/** Gives an account into the care of another account manager, or of none. */
export function assignAccountManager(
  context: ActorContext,
  input: AccountReference & { accountManagerId?: string | null },
): Promise<string> {
  const { accountManagerId = null } = input;
  return editAccount(context, 'assignAccountManager', input, async (tx, account) => {
    const manager = await lockManager(tx, accountManagerId);
    if (account.accountManagerId === accountManagerId) return undefined;
    const message = `${account.name} is looked after by ${manager?.name ?? 'nobody'}.`;
    return { patch: { accountManagerId }, message };
  });
}

/** Gives an account the prices of another list, or the public ones; what it has ordered keeps its prices. */
export function assignPriceList(
  context: ActorContext,
  input: AccountReference & { priceListId?: string | null },
): Promise<string> {
  const { priceListId = null } = input;
  return editAccount(context, 'assignPriceList', input, async (tx, account) => {
    const list = await refusePriceList(tx, account, priceListId);
    if (account.priceListId === priceListId) return undefined;
    const message = `${account.name} has the prices of the list ${list.code}.`;
    return { patch: { priceListId }, message };
  });
}

/** Locks an account manager who is to get an account, so that it keeps its role until then. Refuses any other user. */
export async function lockManager(tx: Transaction, userId: string | null): Promise<User | undefined> {
  if (userId === null) return undefined;
  const path = ['accountManagerId'];
  const user = await lockUser(tx, userId);
  if (!user) throw new Refusal([notFound('user', path)]);
  if (user.roles.includes(Role.ACCOUNT_MANAGER) && !user.deactivatedAt) return user;
  throw new Refusal([invalid(path, `${user.name} is no account manager, or is deactivated.`)]);
}

/** Accounts that a refusal names. */
const MAX_NAMED = 5;

/** Refuses to take an account manager away from the accounts in its care: another one has to get them first. */
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

/** Refuses a list that does not exist, means nothing for the account, or has another currency than what it pays in. */
export async function refusePriceList(
  tx: Transaction,
  { id, resellerId }: Pick<Account, 'id' | 'resellerId'>,
  priceListId: string | null,
): Promise<PriceList> {
  const path = ['priceListId'];
  if (priceListId !== null && resellerId !== null) {
    throw new Refusal([invalid(path, 'What it costs is a matter of its reseller: assign the list to that.')]);
  }
  const list = await (priceListId === null ? findPublicPriceList(tx) : findPriceList(tx, priceListId));
  if (!list) throw new Refusal([notFound('price list', path)]);
  if ((await countPaidOtherwise(tx, id, list.currency)) === 0) return list;
  const message = `There are subscriptions that are paid in another currency than ${list.currency}.`;
  throw new Refusal([simple('INVALID_STATE', message, path)]);
}
