import { Account, AccountKind, Role } from '../../entities';
import { hasRole } from '../../policies';
import { findPage, type ListOrder, listedRows, type Page, type PageRequest } from '../../store';
import type { ActorContext } from '../context';
import { Where } from './condition';

const BY_NAME: ListOrder<Account> = { name: 'accounts', direction: 'ASC', column: 'name' };

/** Which accounts. */
export interface AccountSearch extends PageRequest {
  search?: string | null;
  kind?: AccountKind | null;
  active?: boolean | null;
}

/** The accounts that the caller may see, by name. */
export async function findAccounts(
  { db, actor }: ActorContext,
  { search, kind, active, ...page }: AccountSearch,
): Promise<Page<Account>> {
  const where = new Where(await listedRows(db, actor, Account)).is('t.kind', kind).active(active);
  return findPage(db, Account, where.contains(['t.name', 't.email'], search), BY_NAME, page);
}

/** The accounts that the caller may order for: never a reseller, none that is deactivated; for a direct customer only its own. */
export async function findRecipients(
  { db, actor }: ActorContext,
  { search, ...page }: AccountSearch,
): Promise<Page<Account>> {
  const where = new Where(await listedRows(db, actor, Account))
    .and('t.kind <> ?', AccountKind.RESELLER)
    .active(true);
  if (hasRole(actor, Role.CUSTOMER)) where.is('t.id', actor.accountId ?? '');
  return findPage(db, Account, where.contains(['t.name', 't.email'], search), BY_NAME, page);
}
