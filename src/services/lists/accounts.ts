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
  resellerId?: string | null;
  accountManagerId?: string | null;
  unmanaged?: boolean | null;
}

/** An active account manager of the account `t`, or of its reseller. */
const MANAGER = `SELECT 1 FROM accounts managed JOIN users m ON m.id = managed.accountManagerId
  WHERE managed.id IN (t.id, t.resellerId) AND m.deactivatedAt IS NULL AND JSON_CONTAINS(m.roles, ?)`;

/** The accounts that the caller may see, by name. */
export async function findAccounts(
  { db, actor }: ActorContext,
  { search, kind, active, resellerId, accountManagerId, unmanaged, ...page }: AccountSearch,
): Promise<Page<Account>> {
  const where = new Where(await listedRows(db, actor, Account))
    .is('t.kind', kind)
    .is('t.resellerId', resellerId)
    .is('t.accountManagerId', accountManagerId)
    .active(active);
  if (typeof unmanaged === 'boolean') {
    where.and(`${unmanaged ? 'NOT ' : ''}EXISTS (${MANAGER})`, JSON.stringify(Role.ACCOUNT_MANAGER));
  }
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
