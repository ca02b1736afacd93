import { type Account, AccountKind, Role } from '../../entities';
import { hasRole } from '../../policies';
import { type AccountSearch, findAccountsPage, type Page, type PageRequest } from '../../store';
import type { ActorContext } from '../context';

/** Finds accounts to order for: active ones but resellers; only its own for a direct customer. */
export function findRecipients(
  { db, actor }: ActorContext,
  { search, ...page }: PageRequest & Pick<AccountSearch, 'search'>,
): Promise<Page<Account>> {
  const own = hasRole(actor, Role.CUSTOMER) ? { id: actor.accountId ?? '' } : {};
  return findAccountsPage(
    db,
    actor,
    { search, exceptKind: AccountKind.RESELLER, active: true, ...own },
    page,
  );
}
