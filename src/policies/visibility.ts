import { type Account, AccountKind, Role } from '../entities';
import { type Actor, hasRole, isAdministrator } from './actor';

/** A condition for a WHERE, with its values. */
export interface Condition {
  sql: string;
  values: string[];
}

/** The columns of a table that say whose a row is. */
export interface OwnerColumns {
  account: string;
  reseller: string;
}

const managerOf = (account: string) =>
  `(SELECT manager.accountManagerId FROM accounts manager WHERE manager.id = ${account})`;
/** Asks about each row by two keys: what is right for a row that was found, and for a page where many rows fit. */
const managedBy = ({ account, reseller }: OwnerColumns) =>
  `? IN (${managerOf(account)}, ${managerOf(reseller)})`;

/** Finds rows by index: what is right where few rows fit. */
function ofAccounts(ids: readonly string[], { account, reseller }: OwnerColumns): Condition {
  if (ids.length === 0) return { sql: 'FALSE', values: [] };
  const list = `(${ids.map(() => '?')})`;
  return { sql: `(${account} IN ${list} OR ${reseller} IN ${list})`, values: [...ids, ...ids] };
}

/**
 * Which rows each role may see: what belongs to its account, to its end customers and affiliates, to the accounts that
 * it manages (or whose reseller it manages), or everything. A user with several roles sees what any of them sees.
 */
const scopes: Record<Role, (actor: Actor, of: OwnerColumns, managed?: readonly string[]) => Condition> = {
  CUSTOMER: (actor, of) => ({ sql: `${of.account} = ?`, values: [actor.accountId ?? ''] }),
  RESELLER: (actor, of) => ({ sql: `${of.reseller} = ?`, values: [actor.accountId ?? ''] }),
  ACCOUNT_MANAGER: (actor, of, managed) =>
    managed ? ofAccounts(managed, of) : { sql: managedBy(of), values: [actor.userId] },
  ADMINISTRATOR: () => ({ sql: 'TRUE', values: [] }),
};

/**
 * The rows that `actor` may see, of a table whose owner is in the columns `of`. `managed` may say which accounts an
 * account manager looks after by itself, for rows to be found by them.
 */
export function visibleTo(actor: Actor, of: OwnerColumns, managed?: readonly string[]): Condition {
  const parts = actor.roles.map(role => scopes[role](actor, of, managed));
  if (parts.length === 0) return { sql: 'FALSE', values: [] };
  return { sql: `(${parts.map(part => part.sql).join(' OR ')})`, values: parts.flatMap(part => part.values) };
}

/** The accounts that `actor` may see: its own as well as those whose things it may see. */
export function visibleAccounts(actor: Actor, managed?: readonly string[]): Condition {
  const theirs = visibleTo(actor, { account: 't.id', reseller: 't.resellerId' }, managed);
  return {
    sql: `(t.id = ? OR ${theirs.sql})`,
    values: [actor.accountId ?? '', ...theirs.values],
  };
}

/** API keys: a reseller's own, all for administrators, none for a key itself. */
export function visibleKeys(actor: Actor): Condition {
  if (actor.apiKey) return { sql: 'FALSE', values: [] };
  if (hasRole(actor, Role.ADMINISTRATOR)) return { sql: 'TRUE', values: [] };
  if (!hasRole(actor, Role.RESELLER)) return { sql: 'FALSE', values: [] };
  return { sql: 't.accountId = ?', values: [actor.accountId ?? ''] };
}

/** Webhooks: those of the own account, all for administrators, none for an API key. */
export function visibleWebhooks(actor: Actor): Condition {
  if (actor.apiKey || !hasRole(actor, Role.CUSTOMER, Role.RESELLER, Role.ADMINISTRATOR))
    return { sql: 'FALSE', values: [] };
  if (hasRole(actor, Role.ADMINISTRATOR)) return { sql: 't.deletedAt IS NULL', values: [] };
  return { sql: '(t.deletedAt IS NULL AND t.accountId = ?)', values: [actor.accountId ?? ''] };
}

/** What became of the events of the webhooks that `actor` may see. */
export function visibleDeliveries(actor: Actor): Condition {
  const { sql, values } = visibleWebhooks(actor);
  return { sql: `t.webhookId IN (SELECT t.id FROM webhooks t WHERE ${sql})`, values };
}

/**
 * As whom a webhook of `account` is shown events: as a user of that account who has signed in, so that it gets what that
 * user's stream would show.
 */
export function accountActor({ id, kind, resellerId, priceListId }: Account): Actor {
  const role = kind === AccountKind.RESELLER ? Role.RESELLER : Role.CUSTOMER;
  return { userId: '', roles: [role], accountId: id, resellerId, priceListId };
}

/** Whether `actor` may read who did what: administrators in person. */
export function mayReadAudit(actor: Actor): boolean {
  return isAdministrator(actor);
}

/**
 * False only when `actor` can certainly not see what belongs to `owner`, told without a look at the database: lets a
 * stream pass over other tenants' events cheaply. Whoever passes is still asked for in SQL.
 */
export function mightSee(
  actor: Actor,
  owner: { accountId: string | null; resellerId: string | null },
): boolean {
  if (hasRole(actor, Role.ACCOUNT_MANAGER, Role.ADMINISTRATOR)) return true;
  if (actor.accountId === null) return false;
  return owner.accountId === actor.accountId || owner.resellerId === actor.accountId;
}
