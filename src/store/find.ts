import type { EntityClass, Session } from '../database';
import {
  Account,
  CancellationRequest,
  CloudSubscription,
  Order,
  ProvisioningOperation,
  User,
} from '../entities';
import { type Actor, type Condition, type OwnerColumns, visibleAccounts, visibleTo } from '../policies';
import { idFrom } from './ids';

const OWNED: OwnerColumns = { account: 't.accountId', reseller: 't.resellerId' };

/** Where each kind of row says whose it is. */
const owners = new Map<EntityClass<object>, (actor: Actor) => Condition>([
  [Account, visibleAccounts],
  [Order, actor => visibleTo(actor, { account: 't.recipientId', reseller: 't.resellerId' })],
  [CloudSubscription, actor => visibleTo(actor, OWNED)],
  [ProvisioningOperation, actor => visibleTo(actor, OWNED)],
  [CancellationRequest, actor => visibleTo(actor, OWNED)],
  [User, visibleUsers],
]);

/** Oneself, and the users of accounts that one may see. */
function visibleUsers(actor: Actor): Condition {
  const accounts = visibleAccounts(actor);
  return {
    sql: `(t.id = ? OR t.accountId IN (SELECT t.id FROM accounts t WHERE ${accounts.sql}))`,
    values: [actor.userId, ...accounts.values],
  };
}

/** The rows of `entity` that `actor` may see, as a condition on the table `t`. */
export function visibleRows(actor: Actor, entity: EntityClass<object>): Condition {
  const condition = owners.get(entity);
  if (!condition) throw new Error(`${entity.name} has no owner`);
  return condition(actor);
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
  return session.one(entity, `WHERE t.id = ? AND ${visible.sql} ${lock}`, [idFrom(id), ...visible.values]);
}
