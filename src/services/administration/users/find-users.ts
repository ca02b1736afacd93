import { type Role, User } from '../../../entities';
import { findPage, type ListOrder, type Page, type PageRequest, visibleRows } from '../../../store';
import type { ActorContext } from '../../context';
import { Where } from '../../lists/condition';

const BY_NAME: ListOrder<User> = { name: 'users', direction: 'ASC', column: 'name' };

/** Which users. */
export interface UserSearch extends PageRequest {
  search?: string | null;
  role?: Role | null;
  accountId?: string | null;
  active?: boolean | null;
}

/** The users, by name; those of API keys are users as well. */
export function findUsers(
  { db, actor }: ActorContext,
  { search, role, accountId, active, ...page }: UserSearch,
): Promise<Page<User>> {
  const where = new Where(visibleRows(actor, User))
    .is('t.accountId', accountId)
    .active(active)
    .contains(['t.name', 't.email'], search);
  if (role) where.and('JSON_CONTAINS(t.roles, ?)', JSON.stringify(role));
  return findPage(db, User, where, BY_NAME, page);
}
