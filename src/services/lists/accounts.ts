import { Account, AccountKind, Role } from '../../entities';
import { hasRole } from '../../policies';
import { findPage, type ListOrder, type Page, type PageRequest, visibleRows } from '../../store';
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
export function findAccounts(
  context: ActorContext,
  { search, kind, active, ...page }: AccountSearch,
): Promise<Page<Account>> {
  const where = new Where(visibleRows(context.actor, Account)).is('t.kind', kind).active(active);
  return findPage(context.db, Account, where.contains(['t.name', 't.email'], search), BY_NAME, page);
}

/** The accounts that the caller may order for: never a reseller, none that is deactivated; for a direct customer only its own. */
export function findRecipients(
  context: ActorContext,
  { search, ...page }: AccountSearch,
): Promise<Page<Account>> {
  const { actor, db } = context;
  const where = new Where(visibleRows(actor, Account)).and('t.kind <> ?', AccountKind.RESELLER).active(true);
  if (hasRole(actor, Role.CUSTOMER)) where.is('t.id', actor.accountId ?? '');
  return findPage(db, Account, where.contains(['t.name', 't.email'], search), BY_NAME, page);
}
