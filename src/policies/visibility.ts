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

const MANAGED = `(SELECT a.id FROM accounts a LEFT JOIN accounts r ON r.id = a.resellerId
  WHERE a.accountManagerId = ? OR r.accountManagerId = ?)`;

/**
 * Which rows each role may see: what belongs to its account, to its end customers and affiliates, to the accounts that
 * it manages (or whose reseller it manages), or everything. A user with several roles sees what any of them sees.
 */
const scopes: Record<Role, (actor: Actor, of: OwnerColumns) => Condition> = {
  CUSTOMER: (actor, of) => ({ sql: `${of.account} = ?`, values: [actor.accountId ?? ''] }),
  RESELLER: (actor, of) => ({ sql: `${of.reseller} = ?`, values: [actor.accountId ?? ''] }),
  ACCOUNT_MANAGER: (actor, of) => ({
    sql: `${of.account} IN ${MANAGED}`,
    values: [actor.userId, actor.userId],
  }),
  ADMINISTRATOR: () => ({ sql: 'TRUE', values: [] }),
};

/** The rows that `actor` may see, of a table whose owner is in the columns `of`. */
export function visibleTo(actor: Actor, of: OwnerColumns): Condition {
  const parts = actor.roles.map(role => scopes[role](actor, of));
  if (parts.length === 0) return { sql: 'FALSE', values: [] };
  return { sql: `(${parts.map(part => part.sql).join(' OR ')})`, values: parts.flatMap(part => part.values) };
}

/** The accounts that `actor` may see: its own as well as those whose things it may see. */
export function visibleAccounts(actor: Actor): Condition {
  const theirs = visibleTo(actor, { account: 't.id', reseller: 't.resellerId' });
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
