import { In } from 'typeorm';
import { columns, type Session, type Transaction } from '../database';
import { Account, type AccountKind, type AccountSortField, Role, User } from '../entities';
import type { Actor } from '../policies';
import { listCondition } from './find';
import { findPlannedPage } from './find-page';
import type { Page, PageRequest } from './page';
import { type SearchedThrough, searchCondition } from './search/condition';
import { type Sort, type SortOrders, sortedBy } from './sort-order';
import { Where } from './where';

const t = columns(Account, 't');
const managed = columns(Account, 'managed');
const m = columns(User, 'm');

/** Finds accounts by id. */
export const findAccounts = ({ manager }: Session, ids: readonly string[]) =>
  manager.find(Account, { where: { id: In([...ids]) } });

/** Finds the buyer of what an account receives, who is billed by its price list: the reseller, or else the account itself. */
export async function findBuyer({ manager }: Session, recipient: Account): Promise<Account> {
  if (recipient.resellerId === null) return recipient;
  return (await manager.findOneBy(Account, { id: recipient.resellerId })) ?? recipient;
}

/** Locks an account. First in the lock order. */
export const lockAccount = ({ manager }: Transaction, id: string) =>
  manager.findOne(Account, { where: { id }, lock: { mode: 'pessimistic_write' } });

/** Finds the first accounts of an account manager, by name. */
export const findManagedAccounts = ({ manager }: Session, accountManagerId: string, take: number) =>
  manager.find(Account, { where: { accountManagerId }, order: { name: 'ASC' }, take });

/** Counts the accounts of an account manager. */
export const countManagedAccounts = ({ manager }: Session, accountManagerId: string) =>
  manager.countBy(Account, { accountManagerId });

const ORDERS: SortOrders<AccountSortField, Account> = {
  NAME: { name: 'accounts', column: 'name', type: 'string' },
  CREATED_AT: { name: 'accounts by creation', column: 'id' },
};

/** Words of an account. */
const SEARCHED: readonly SearchedThrough[] = [{ kind: 'acc', column: t.id }];

/** Subquery for an active account manager of an account. */
const managerOf = (
  accountId: string,
) => `SELECT 1 FROM ${managed.table} JOIN ${m.table} ON ${m.id} = ${managed.accountManagerId}
  WHERE ${managed.id} = ${accountId} AND ${m.deactivatedAt} IS NULL AND JSON_CONTAINS(${m.roles}, ?)`;

/** Whether the account `t` or its reseller has an active account manager. One subquery each: with `IN`, MariaDB reads all accounts for every row. */
const IS_MANAGED = `(EXISTS (${managerOf(t.id)}) OR EXISTS (${managerOf(t.resellerId)}))`;

/** Filter of a list of accounts. */
export interface AccountSearch {
  id?: string | null;
  search?: string | null | undefined;
  kinds?: readonly AccountKind[] | null;
  exceptKind?: AccountKind;
  active?: boolean | null;
  resellerId?: string | null;
  externalReference?: string | null;
  accountManagerId?: string | null;
  unmanaged?: boolean | null;
}

/** Finds a page of the accounts that `actor` may see, by name unless sorted otherwise. */
export async function findAccountsPage(
  session: Session,
  actor: Actor,
  search: AccountSearch,
  page: PageRequest & { sort?: Sort<AccountSortField> | null },
): Promise<Page<Account>> {
  const where = new Where(await listCondition(session, actor, Account))
    .is(t.id, search.id)
    .in(t.kind, search.kinds)
    .is(t.resellerId, search.resellerId)
    .is(t.accountManagerId, search.accountManagerId)
    .isReference(t.externalReference, search.externalReference, actor)
    .isNull(t.deactivatedAt, search.active);
  if (search.exceptKind) where.and(`${t.kind} <> ?`, search.exceptKind);
  if (typeof search.unmanaged === 'boolean') {
    const role = JSON.stringify(Role.ACCOUNT_MANAGER);
    where.and(`${search.unmanaged ? 'NOT ' : ''}${IS_MANAGED}`, role, role);
  }
  const order = sortedBy(ORDERS, page.sort, { field: 'NAME', direction: 'ASC' });
  return findPlannedPage(
    session,
    Account,
    where.narrowedBy(searchCondition(search.search, SEARCHED)),
    order,
    page,
  );
}
