import type { EntityClass, Session } from '../database';
import {
  Account,
  ApiKey,
  CancellationRequest,
  CloudSubscription,
  Order,
  ProvisioningOperation,
  Role,
  User,
  Webhook,
  WebhookDelivery,
} from '../entities';
import {
  type Actor,
  type Condition,
  hasRole,
  type OwnerColumns,
  visibleAccounts,
  visibleDeliveries,
  visibleKeys,
  visibleTo,
  visibleWebhooks,
} from '../policies';

const OWNED: OwnerColumns = { account: 't.accountId', reseller: 't.resellerId' };

/** Where each kind of row says whose it is. */
const owners = new Map<EntityClass<object>, (actor: Actor, managed?: readonly string[]) => Condition>([
  [Account, visibleAccounts],
  [Order, visibleBy({ account: 't.recipientId', reseller: 't.resellerId' })],
  [CloudSubscription, visibleBy(OWNED)],
  [ProvisioningOperation, visibleBy(OWNED)],
  [CancellationRequest, visibleBy(OWNED)],
  [User, visibleUsers],
  [ApiKey, visibleKeys],
  [Webhook, visibleWebhooks],
  [WebhookDelivery, visibleDeliveries],
]);

function visibleBy(of: OwnerColumns) {
  return (actor: Actor, managed?: readonly string[]) => visibleTo(actor, of, managed);
}

/** Oneself, the users of accounts that one may see, and who looks after those accounts; administrators see everybody. */
function visibleUsers(actor: Actor): Condition {
  if (hasRole(actor, Role.ADMINISTRATOR)) return { sql: 'TRUE', values: [] };
  const { sql, values } = visibleAccounts(actor);
  // Who has an account is among its users: an answer that they all share may not ask which of them it is for.
  const self = actor.accountId === null ? [actor.userId] : [];
  return {
    sql: `(t.accountId IN (SELECT t.id FROM accounts t WHERE ${sql})
      OR t.id IN (SELECT t.accountManagerId FROM accounts t WHERE ${sql}) ${self.map(() => 'OR t.id = ?').join('')})`,
    values: [...values, ...values, ...self],
  };
}

/** The rows of `entity` that `actor` may see, as a condition on the table `t`. */
export function visibleRows(
  actor: Actor,
  entity: EntityClass<object>,
  managed?: readonly string[],
): Condition {
  const condition = owners.get(entity);
  if (!condition) throw new Error(`${entity.name} has no owner`);
  return condition(actor, managed);
}

/** Whoever looks after more accounts than this finds a page of their things soon, row by row. */
const FEW = 200;

/** The same for a list, so that a page costs the same however much there is: one statement more for account managers. */
export async function listedRows(
  session: Session,
  actor: Actor,
  entity: EntityClass<object>,
): Promise<Condition> {
  if (!hasRole(actor, Role.ACCOUNT_MANAGER)) return visibleRows(actor, entity);
  const managed = await session.rows<{ id: string }>(
    `SELECT id FROM accounts WHERE accountManagerId = ? LIMIT ${FEW + 1}`,
    [actor.userId],
  );
  return visibleRows(actor, entity, managed.length > FEW ? undefined : managed.map(({ id }) => id));
}

/** The row with this id where `actor` may see it: what is another tenant's is as absent as what never was. */
export function findVisible<T extends { id: string }>(
  session: Session,
  actor: Actor,
  entity: EntityClass<T>,
  id: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<T | undefined> {
  const visible = visibleRows(actor, entity);
  return session.one(entity, `WHERE t.id = ? AND ${visible.sql} ${lock}`, [id, ...visible.values]);
}
