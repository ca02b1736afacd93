import DataLoader from 'dataloader';
import { columns, type EntityClass, padded, placeholders, type Session } from '../database';
import {
  Account,
  BasketLine,
  CancellationRequest,
  CancellationRequestState,
  CloudSubscription,
  CloudSubscriptionAddon,
  Mail,
  OperationStep,
  Order,
  OrderLine,
  ProvisioningOperation,
  ServiceAccount,
  SubscriptionChange,
  User,
} from '../entities';
import type { Actor } from '../policies';
import { findResellerPrices } from './retail-prices';
import { type Condition, visibilityCondition } from './visibility';

/** Loader of a row by id. Null if it is missing. */
export type ById<T> = DataLoader<string, T | null>;
/** Loader of a row by a foreign key, which guarantees that the row exists. */
export type Referred<T> = DataLoader<string, T>;
/** Loader of the rows that belong to an id, in order. */
export type ListBy<T> = DataLoader<string, T[]>;

function byId<T extends { id: string }>(
  session: Session,
  entity: EntityClass<T>,
  only: () => Condition = () => ({ sql: 'TRUE', values: [] }),
): ById<T> {
  return new DataLoader(async ids => {
    const { sql, values } = only();
    const keys = padded(ids);
    const rows = await session.many(entity, `WHERE t.id IN ${placeholders(keys)} AND ${sql}`, [
      ...keys,
      ...values,
    ]);
    const found = new Map(rows.map(row => [row.id, row]));
    return ids.map(id => found.get(id) ?? null);
  });
}

function referredById<T extends { id: string }>(session: Session, entity: EntityClass<T>): Referred<T> {
  return new DataLoader(async ids => {
    const keys = padded(ids);
    const rows = await session.many(entity, `WHERE t.id IN ${placeholders(keys)}`, keys);
    const found = new Map(rows.map(row => [row.id, row]));
    return ids.map(id => found.get(id) ?? new Error(`${entity.name} ${id} is referred to and missing.`));
  });
}

function listBy<T extends object>(
  session: Session,
  entity: EntityClass<T>,
  key: keyof T & string,
  order: keyof T & string,
  condition = '',
): ListBy<T> {
  const t = columns(entity, 't');
  return new DataLoader(async ids => {
    const keys = padded(ids);
    const rows = await session.many(
      entity,
      `WHERE ${t[key]} IN ${placeholders(keys)} ${condition} ORDER BY ${t[order]}`,
      keys,
    );
    const lists = new Map<unknown, T[]>();
    for (const row of rows) {
      const list = lists.get(row[key]);
      if (list) list.push(row);
      else lists.set(row[key], [row]);
    }
    return ids.map(id => lists.get(id) ?? []);
  });
}

const { PENDING, ACCEPTED } = CancellationRequestState;
/** Open requests and open changes, which have the same states. */
const OPEN = `AND ${columns(CancellationRequest, 't').state} IN ('${PENDING}', '${ACCEPTED}')`;

/** Factory of each loader, by name. */
const factories = {
  visible: visibleLoaders,
  account: (session: Session) => referredById(session, Account),
  user: (session: Session) => referredById(session, User),
  order: (session: Session) => referredById(session, Order),
  subscription: (session: Session) => referredById(session, CloudSubscription),
  mail: (session: Session) => byId(session, Mail),
  orderLine: (session: Session) => byId(session, OrderLine),
  basketLines: (session: Session) => listBy(session, BasketLine, 'basketId', 'position'),
  orderLines: (session: Session) => listBy(session, OrderLine, 'orderId', 'position'),
  orderOperations: (session: Session) => listBy(session, ProvisioningOperation, 'orderId', 'id'),
  subscriptionOperations: (session: Session) =>
    listBy(session, ProvisioningOperation, 'subscriptionId', 'id'),
  subscriptionAddons: (session: Session) =>
    listBy(session, CloudSubscriptionAddon, 'subscriptionId', 'addonId'),
  openRequests: (session: Session) => listBy(session, CancellationRequest, 'subscriptionId', 'id', OPEN),
  openChanges: (session: Session) => listBy(session, SubscriptionChange, 'subscriptionId', 'id', OPEN),
  changeOperations: (session: Session) => listBy(session, ProvisioningOperation, 'changeId', 'id'),
  steps: (session: Session) => listBy(session, OperationStep, 'operationId', 'position'),
  /** Retail prices by reseller. */
  retail: (session: Session) => new DataLoader((ids: readonly string[]) => findResellerPrices(session, ids)),
  serviceAccounts: (session: Session) => listBy(session, ServiceAccount, 'accountId', 'serviceId'),
};

/** Loaders that check visibility. */
function visibleLoaders(session: Session, actor: Actor | null) {
  const visible = <T extends { id: string }>(entity: EntityClass<T>) =>
    byId(session, entity, () => (actor ? visibilityCondition(actor, entity) : { sql: 'FALSE', values: [] }));
  return {
    account: visible(Account),
    user: visible(User),
    subscription: visible(CloudSubscription),
    request: visible(CancellationRequest),
    change: visible(SubscriptionChange),
    order: visible(Order),
    operation: visible(ProvisioningOperation),
  };
}

/** Loaders of one request. */
export type Loaders = { readonly [Name in keyof typeof factories]: ReturnType<(typeof factories)[Name]> };

/** Creates each loader at its first use: most requests need none to two. */
class LazyLoaders {
  constructor(
    readonly session: Session,
    readonly actor: Actor | null,
  ) {}
}

for (const [name, make] of Object.entries(factories)) {
  Object.defineProperty(LazyLoaders.prototype, name, {
    get(this: LazyLoaders) {
      const value = make(this.session, this.actor);
      Object.defineProperty(this, name, { value });
      return value;
    },
  });
}

/**
 * Creates loaders of references, which run one statement per kind and level, whatever the size of a page. For one
 * request or one message of a stream only, because a loader caches what it has read. Loaders under `visible` check
 * whether the actor may see the row; the others follow references that stay within an owner's rows (see
 * `policies/coverage`).
 */
export function createLoaders(session: Session, actor: Actor | null): Loaders {
  return new LazyLoaders(session, actor) as unknown as Loaders;
}
