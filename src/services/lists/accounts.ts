import { type Account, AccountKind, Role } from '../../entities';
import { hasRole } from '../../policies';
import { type AccountSearch, findAccountsPage, type Page, type PageRequest } from '../../store';
import type { ActorContext } from '../context';

/** Filter and page of a list of accounts. */
export type AccountsRequest = PageRequest & Omit<AccountSearch, 'id' | 'exceptKind'>;

/** Finds accounts that the caller may see, by name. */
export function findAccounts({ db, actor }: ActorContext, request: AccountsRequest): Promise<Page<Account>> {
  return findAccountsPage(db, actor, request, request);
}

/** Finds accounts to order for: active ones but resellers; only its own for a direct customer. */
export function findRecipients(
  { db, actor }: ActorContext,
  { search, ...page }: AccountsRequest,
): Promise<Page<Account>> {
  const own = hasRole(actor, Role.CUSTOMER) ? { id: actor.accountId ?? '' } : {};
  return findAccountsPage(
    db,
    actor,
    { search, exceptKind: AccountKind.RESELLER, active: true, ...own },
    page,
  );
}
