import { IsNull } from 'typeorm';
import { columns, placeholders, type Session, type Transaction } from '../database';
import { Account, Role, User } from '../entities';
import type { Actor } from '../policies';
import { listCondition } from './find';
import { findPlannedPage } from './find-page';
import type { OwnedList } from './first-pages';
import type { Page, PageRequest } from './page';
import { isPerson } from './persons';
import { type SearchedThrough, searchCondition } from './search/condition';
import { type Order } from './sort-order';
import { type Condition, visibilityCondition } from './visibility';
import { Where } from './where';

const LOCK = { mode: 'pessimistic_write' } as const;

const u = columns(User);
const t = columns(User, 't');

/** Finds the person with this e-mail address in its canonical form. */
export const findPerson = (session: Session, email: string): Promise<User | undefined> =>
  session.one(User, `WHERE ${t.email} = ? AND ${isPerson(t.id)}`, [email]);

const a = columns(Account, 'a');

/** Condition that a user is a person who can sign in: not deactivated, by itself or with its account. */
const ACTIVE_PERSON = `${t.deactivatedAt} IS NULL AND JSON_LENGTH(${t.roles}) > 0
  AND ${isPerson(t.id)}
  AND NOT EXISTS (SELECT 1 FROM ${a.table} WHERE ${a.id} = ${t.accountId} AND ${a.deactivatedAt} IS NOT NULL)`;

/** Finds the persons among `ids` who can sign in. */
export const findActivePersons = async (session: Session, ids: readonly string[]): Promise<User[]> =>
  ids.length === 0
    ? []
    : session.many(User, `WHERE ${t.id} IN ${placeholders(ids)} AND ${ACTIVE_PERSON} ORDER BY ${t.id}`, ids);

/** Finds the administrators who can sign in. */
export const findActiveAdministrators = (session: Session): Promise<User[]> =>
  session.many(
    User,
    `WHERE ${t.accountId} IS NULL AND JSON_CONTAINS(${t.roles}, '"${Role.ADMINISTRATOR}"') AND ${ACTIVE_PERSON}
     ORDER BY ${t.id}`,
  );

/** Finds the persons of an account who can sign in, at most `limit`. */
export const findActivePersonsOf = (session: Session, accountId: string, limit: number): Promise<User[]> =>
  session.many(User, `WHERE ${t.accountId} = ? AND ${ACTIVE_PERSON} ORDER BY ${t.id} LIMIT ${limit}`, [
    accountId,
  ]);

/** Finds the users of an account, in lock order. */
export const findUsersOf = ({ manager }: Session, accountId: string) =>
  manager.find(User, { where: { accountId }, order: { id: 'ASC' } });

/** Counts administrators, deactivated ones included. */
export const countAdministrators = (session: Session): Promise<number> =>
  session.count(User, `WHERE JSON_CONTAINS(${t.roles}, '"${Role.ADMINISTRATOR}"')`);

/** Locks a user. After its account in the lock order. */
export const lockUser = ({ manager }: Transaction, id: string) =>
  manager.findOne(User, { where: { id }, lock: LOCK });

/** Locks all staff, by id. Before any account in the lock order. */
export const lockStaff = ({ manager }: Transaction) =>
  manager.find(User, { where: { accountId: IsNull() }, order: { id: 'ASC' }, lock: LOCK });

/** Replaces the password if its hash is still `passwordHash`. Resolves to whether it was. */
export async function replacePassword(
  { manager }: Transaction,
  id: string,
  passwordHash: string,
  patch: Pick<User, 'passwordHash' | 'oneTimeUntil'>,
): Promise<boolean> {
  return (await manager.update(User, { id, passwordHash }, patch)).affected === 1;
}

/** Increments the version that tokens and sessions of a user must have, which ends all of them. */
export const incrementSessionVersion = ({ manager }: Transaction, id: string) =>
  manager.update(User, { id }, { sessionVersion: () => `${u.sessionVersion} + 1` });

/** Ends the deputizations in which a user is the deputy. */
export const endDeputizationsBy = ({ manager }: Transaction, deputyId: string) =>
  manager.update(User, { deputyId }, { deputyId: null, deputyFrom: null, deputyUntil: null });

const BY_NAME: Order<User> = { name: 'users', direction: 'ASC', column: 'name', type: 'string' };

/** Words of a user. */
const SEARCHED: readonly SearchedThrough[] = [{ kind: 'usr', column: t.id }];

/** Filter of a list of users. */
export interface UserSearch {
  search?: string | null;
  roles?: readonly Role[] | null;
  accountId?: string | null;
  active?: boolean | null;
}

/** Finds a page of the users that `actor` may see, by name. Users of API keys are included. */
export async function findUsersPage(
  session: Session,
  actor: Actor,
  search: UserSearch,
  page: PageRequest,
): Promise<Page<User>> {
  const visible = await listCondition(session, actor, User);
  return findPlannedPage(session, User, whereOf(visible, search), BY_NAME, page);
}

/** Condition of the users with a condition of visibility that match a filter. */
function whereOf(visible: Condition, { search, roles, accountId, active }: UserSearch): Where {
  const where = new Where(visible)
    .is(t.accountId, accountId)
    .isNull(t.deactivatedAt, active)
    .narrowedBy(searchCondition(search, SEARCHED));
  if (roles?.length === 0) return where.and('FALSE');
  if (!roles) return where;
  const each = roles.map(() => `JSON_CONTAINS(${t.roles}, ?)`);
  return where.and(each.join(' OR '), ...roles.map(role => JSON.stringify(role)));
}

/** Users of an account, by name. */
export const USERS_OF_ACCOUNT: OwnedList<User, UserSearch> = {
  entity: User,
  owner: 'accountId',
  order: BY_NAME,
  where: (actor, search) => whereOf(visibilityCondition(actor, User), search),
};
