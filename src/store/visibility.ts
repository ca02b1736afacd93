import { columns, type EntityClass, placeholders, type Value } from '../database';
import {
  Account,
  ApiKey,
  CancellationRequest,
  CloudSubscription,
  Invitation,
  Mail,
  Order,
  ProvisioningOperation,
  Role,
  User,
  Webhook,
  WebhookDelivery,
} from '../entities';
import {
  type Actor,
  hasRole,
  isAdministrator,
  keyScopes,
  type Scope,
  scopesOf,
  webhookScopes,
} from '../policies';

/** Condition of a statement, with its values. */
export interface Condition {
  sql: string;
  values: readonly Value[];
}

/** Columns with the account and the reseller of a row. */
interface Owner {
  account: string;
  reseller: string;
}

const ALL: Condition = { sql: 'TRUE', values: [] };
const NONE: Condition = { sql: 'FALSE', values: [] };

const manager = columns(Account, 'manager');
const account = columns(Account, 't');
const user = columns(User, 't');
const webhook = columns(Webhook, 't');

const managerOf = (accountId: string) =>
  `(SELECT ${manager.accountManagerId} FROM ${manager.table} WHERE ${manager.id} = ${accountId})`;

/** Looks up the account manager of each row. Fast by id, and for a page where many rows match. */
const managedBy = (owner: Owner, userIds: readonly string[]): Condition => {
  const one = `? IN (${managerOf(owner.account)}, ${managerOf(owner.reseller)})`;
  return { sql: `(${userIds.map(() => one).join(' OR ')})`, values: userIds };
};

/** Condition that finds rows by index. Fast where few rows match. */
function ofAccounts(ids: readonly string[], owner: Owner): Condition {
  if (ids.length === 0) return NONE;
  return {
    sql: `(${owner.account} IN ${placeholders(ids)} OR ${owner.reseller} IN ${placeholders(ids)})`,
    values: [...ids, ...ids],
  };
}

function inScope(scope: Scope, owner: Owner, managed?: readonly string[]): Condition {
  if (scope.rows === 'all') return ALL;
  if (scope.rows === 'account') return { sql: `${owner.account} = ?`, values: [scope.accountId] };
  if (scope.rows === 'customers') return { sql: `${owner.reseller} = ?`, values: [scope.accountId] };
  return managed ? ofAccounts(managed, owner) : managedBy(owner, scope.userIds);
}

/** Whether a row is in any of `scopes`. `managed` lists a manager's accounts, so that an index is used. */
function inScopes(scopes: readonly Scope[], owner: Owner, managed?: readonly string[]): Condition {
  const parts = scopes.map(scope => inScope(scope, owner, managed));
  if (parts.length === 0) return NONE;
  return {
    sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`,
    values: parts.flatMap(({ values }) => values),
  };
}

type Visibility = (actor: Actor, managed?: readonly string[]) => Condition;

const visibilityByOwner =
  (owner: Owner): Visibility =>
  (actor, managed) =>
    inScopes(scopesOf(actor), owner, managed);

/** Accounts that `actor` may see: its own, and those whose rows it may see. */
export const accountVisibility: Visibility = (actor, managed) => {
  const theirs = inScopes(scopesOf(actor), { account: account.id, reseller: account.resellerId }, managed);
  return { sql: `(${account.id} = ? OR ${theirs.sql})`, values: [actor.accountId ?? '', ...theirs.values] };
};

/** Itself, the users of visible accounts, and the managers of those. All users for administrators. */
const userVisibility: Visibility = actor => {
  if (hasRole(actor, Role.ADMINISTRATOR)) return ALL;
  const { sql, values } = accountVisibility(actor);
  // A caller with an account is among its users. A condition by user id would keep users of one account from sharing
  // an answer.
  const self = actor.accountId === null ? [actor.userId] : [];
  return {
    sql: `(${user.accountId} IN (SELECT ${account.id} FROM ${account.table} WHERE ${sql})
      OR ${user.id} IN (SELECT ${account.accountManagerId} FROM ${account.table} WHERE ${sql})
      ${self.map(() => `OR ${user.id} = ?`).join('')})`,
    values: [...values, ...values, ...self],
  };
};

const apiKeyVisibility: Visibility = actor => {
  const key = columns(ApiKey, 't');
  return inScopes(keyScopes(actor), { account: key.accountId, reseller: key.accountId });
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

/** Invitations to the accounts that `actor` may see, and to its own. Null owners are invitations of staff. */
const invitation = columns(Invitation, 't');
const invitationVisibility: Visibility = actor => {
  if (actor.apiKey) return NONE;
  const owner = { account: invitation.accountId, reseller: invitation.resellerId };
  const { sql, values } = inScopes(scopesOf(actor), owner);
  return { sql: `(${invitation.accountId} = ? OR ${sql})`, values: [actor.accountId ?? '', ...values] };
};

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
  [User, userVisibility],
  [ApiKey, apiKeyVisibility],
  [Webhook, webhookVisibility],
  [WebhookDelivery, deliveryVisibility],
  [Invitation, invitationVisibility],
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
