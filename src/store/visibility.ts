import { type Columns, columns, type EntityClass, placeholders, type Value } from '../database';
import {
  Account,
  ApiKey,
  ApiKeyScope,
  CancellationRequest,
  Charge,
  CloudSubscription,
  Invitation,
  Mail,
  Order,
  ProvisioningOperation,
  Role,
  SubscriptionChange,
  User,
  Webhook,
  WebhookDelivery,
} from '../entities';
import {
  type Actor,
  hasRole,
  isAdministrator,
  type Scope,
  scopesOf,
  visibleKeys,
  webhookScopes,
} from '../policies';

/** Rows that have one of the values in a column, or one of the ids that a statement returns as `id`. */
export type Range = { column: string; values: readonly Value[]; ids?: string };

/** Condition of a statement, with its values. */
export interface Condition {
  sql: string;
  values: readonly Value[];
  /** Ranges that hold all rows of the condition. Omitted where an index cannot find them. */
  ranges?: readonly Range[] | undefined;
  /** The same condition by sets that are built once, instead of lookups for each row: faster for a whole list, slower for a page. */
  whole?: Condition | undefined;
}

/** Columns with the account and the reseller of a row. */
interface Owner {
  account: string;
  reseller: string;
}

const ALL: Condition = { sql: 'TRUE', values: [] };
const NONE: Condition = { sql: 'FALSE', values: [], ranges: [] };

const manager = columns(Account, 'manager');
const parent = columns(Account, 'parent');
const account = columns(Account, 't');
const user = columns(User, 't');
const usersAccount = columns(Account, 'a');
const webhook = columns(Webhook, 't');

/**
 * Looks up the account managers of each row. Fast by id, and for a page where many rows match. One EXISTS: two scalar
 * subqueries take three times as long on MariaDB, which joins this one by the primary key.
 */
const managedBy = (owner: Owner, userIds: readonly string[]): Condition => {
  const ids = placeholders(userIds);
  const accounts = `SELECT ${manager.id} FROM ${manager.table} WHERE ${manager.accountManagerId} IN ${ids}`;
  return {
    whole: {
      sql: `(${owner.account} IN (${accounts}) OR ${owner.reseller} IN (${accounts}))`,
      values: [...userIds, ...userIds],
    },
    sql: `EXISTS (SELECT 1 FROM ${manager.table} LEFT JOIN ${parent.table} ON ${parent.id} = ${owner.reseller}
      WHERE ${manager.id} = ${owner.account} AND (${manager.accountManagerId} IN ${ids} OR ${parent.accountManagerId} IN ${ids}))`,
    values: [...userIds, ...userIds],
  };
};

/** Condition that finds rows by index. Fast where few rows match. */
function ofAccounts(ids: readonly string[], owner: Owner): Condition {
  if (ids.length === 0) return NONE;
  return {
    sql: `(${owner.account} IN ${placeholders(ids)} OR ${owner.reseller} IN ${placeholders(ids)})`,
    values: [...ids, ...ids],
    ranges: [owner.account, owner.reseller].map(column => ({ column, values: ids })),
  };
}

const isOf = (column: string, id: string): Condition => ({
  sql: `${column} = ?`,
  values: [id],
  ranges: [{ column, values: [id] }],
});

/** Rows that match any of `conditions`. */
function anyOf(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return NONE;
  const ranges = conditions.flatMap(each => each.ranges ?? []);
  return {
    ...disjunction(conditions),
    ranges: conditions.every(each => each.ranges) ? ranges : undefined,
    whole: disjunction(conditions.map(wholeOf)),
  };
}

const disjunction = (conditions: readonly Condition[]): Condition => ({
  sql: `(${conditions.map(({ sql }) => sql).join(' OR ')})`,
  values: conditions.flatMap(({ values }) => values),
});

/** Condition for a whole list. */
export const wholeOf = (condition: Condition): Condition => condition.whole ?? condition;

function inScope(scope: Scope, owner: Owner, managed?: readonly string[]): Condition {
  if (scope.rows === 'all') return ALL;
  if (scope.rows === 'account') return isOf(owner.account, scope.accountId);
  if (scope.rows === 'customers') return isOf(owner.reseller, scope.accountId);
  return managed ? ofAccounts(managed, owner) : managedBy(owner, scope.userIds);
}

/** Whether a row is in any of `scopes`. `managed` lists a manager's accounts, so that an index is used. */
function inScopes(scopes: readonly Scope[], owner: Owner, managed?: readonly string[]): Condition {
  return anyOf(scopes.map(scope => inScope(scope, owner, managed)));
}

type Visibility = (actor: Actor, managed?: readonly string[]) => Condition;

const visibilityByOwner =
  (owner: Owner): Visibility =>
  (actor, managed) =>
    inScopes(scopesOf(actor), owner, managed);

/** Accounts with an alias that `actor` may see: its own, and those whose rows it may see. */
const accountsVisible = (a: Columns<Account>, actor: Actor, managed?: readonly string[]): Condition => {
  const theirs = inScopes(scopesOf(actor), { account: a.id, reseller: a.resellerId }, managed);
  return actor.accountId === null ? theirs : anyOf([isOf(a.id, actor.accountId), theirs]);
};

/** Accounts that `actor` may see. */
export const accountVisibility: Visibility = (actor, managed) => accountsVisible(account, actor, managed);

/** Itself, the users of visible accounts, and the managers of those. All users for administrators. */
const userVisibility: Visibility = (actor, managed) => {
  if (hasRole(actor, Role.ADMINISTRATOR)) return ALL;
  const { sql, values } = accountsVisible(usersAccount, actor, managed);
  const through = (column: string, id: string): Condition => ({
    // A scalar subquery: IN would become a temporary table of all visible accounts.
    sql: `(SELECT 1 FROM ${usersAccount.table} WHERE ${id} = ${column} AND ${sql} LIMIT 1) = 1`,
    values,
    ranges: [{ column, values, ids: `SELECT ${id} AS id FROM ${usersAccount.table} WHERE ${sql}` }],
  });
  // A caller with an account is among its users. A condition by user id would keep users of one account from sharing
  // an answer.
  const self = actor.accountId === null ? [isOf(user.id, actor.userId)] : [];
  return anyOf([
    through(user.accountId, usersAccount.id),
    through(user.id, usersAccount.accountManagerId),
    ...self,
  ]);
};

const apiKey = columns(ApiKey, 't');
const apiKeyVisibility: Visibility = actor => {
  const owner = visibleKeys(actor);
  if (owner === 'none') return NONE;
  if (owner === 'all') return ALL;
  if ('accountId' in owner) return isOf(apiKey.accountId, owner.accountId);
  // The keys of an account have users of their own.
  return isOf(apiKey.userId, owner.userId);
};

const webhookVisibility: Visibility = actor => {
  const { sql, values } = inScopes(webhookScopes(actor), {
    account: webhook.accountId,
    reseller: webhook.accountId,
  });
  return { sql: `(${webhook.deletedAt} IS NULL AND ${sql})`, values };
};

const deliveryVisibility: Visibility = actor => {
  const { sql, values } = webhookVisibility(actor);
  const delivery = columns(WebhookDelivery, 't');
  return {
    sql: `${delivery.webhookId} IN (SELECT ${webhook.id} FROM ${webhook.table} WHERE ${sql})`,
    values,
  };
};

/** Invitations to the accounts that `actor` may see, and to its own. Null owners are invitations of staff. A key needs their scope. */
const invitation = columns(Invitation, 't');
const invitationVisibility: Visibility = actor => {
  if (actor.apiKey && !actor.apiKey.scopes.includes(ApiKeyScope.CUSTOMERS)) return NONE;
  const owner = { account: invitation.accountId, reseller: invitation.resellerId };
  const { sql, values } = inScopes(scopesOf(actor), owner);
  return { sql: `(${invitation.accountId} = ? OR ${sql})`, values: [actor.accountId ?? '', ...values] };
};

/** A charge is visible once it has a number, to its payer and the account managers of its payer. */
const charge = columns(Charge, 't');
const chargeVisibility: Visibility = (actor, managed) => {
  const numbered = ({ sql, values }: Condition) => ({
    sql: `(${charge.seq} IS NOT NULL AND ${sql})`,
    values,
  });
  const paid = anyOf(scopesOf(actor).map(scope => paidInScope(scope, managed)));
  return { ...numbered(paid), ranges: paid.ranges, whole: numbered(wholeOf(paid)) };
};

/** Charges whose payer is in a scope. A reseller pays for its customers, so both have their own charges. */
function paidInScope(scope: Scope, managed?: readonly string[]): Condition {
  const payer = charge.accountId;
  if (scope.rows === 'all') return ALL;
  if (scope.rows !== 'managed') return isOf(payer, scope.accountId);
  if (!managed) return managedBy({ account: payer, reseller: payer }, scope.userIds);
  if (managed.length === 0) return NONE;
  return {
    sql: `${payer} IN ${placeholders(managed)}`,
    values: managed,
    ranges: [{ column: payer, values: managed }],
  };
}

/** Mails have no account: only administrators see them. */
const mailVisibility: Visibility = actor => (isAdministrator(actor) ? ALL : NONE);

/** Visibility of rows with an account and a reseller. */
const owned = (entity: EntityClass<{ accountId: string; resellerId: string | null }>): Visibility => {
  const row = columns(entity, 't');
  return visibilityByOwner({ account: row.accountId, reseller: row.resellerId });
};

const order = columns(Order, 't');

const visibilityByEntity: ReadonlyMap<EntityClass<object>, Visibility> = new Map<
  EntityClass<object>,
  Visibility
>([
  [Account, accountVisibility],
  [Order, visibilityByOwner({ account: order.recipientId, reseller: order.resellerId })],
  [CloudSubscription, owned(CloudSubscription)],
  [ProvisioningOperation, owned(ProvisioningOperation)],
  [CancellationRequest, owned(CancellationRequest)],
  [SubscriptionChange, owned(SubscriptionChange)],
  [User, userVisibility],
  [ApiKey, apiKeyVisibility],
  [Webhook, webhookVisibility],
  [WebhookDelivery, deliveryVisibility],
  [Invitation, invitationVisibility],
  [Charge, chargeVisibility],
  [Mail, mailVisibility],
]);

/** Condition for rows of `entity` with the alias `t` that `actor` may see. */
export function visibilityCondition(
  actor: Actor,
  entity: EntityClass<object>,
  managed?: readonly string[],
): Condition {
  const visible = visibilityByEntity.get(entity);
  if (!visible) throw new Error(`${entity.name} has no owner`);
  return visible(actor, managed);
}
