import DataLoader from 'dataloader';
import { type EntityClass, list, type Session } from '../database';
import {
  Account,
  BasketLine,
  CancellationRequest,
  CancellationRequestState,
  CloudSubscription,
  CloudSubscriptionAddon,
  OperationStep,
  Order,
  OrderLine,
  ProvisioningOperation,
  ServiceAccount,
  User,
} from '../entities';

/** The row with an id, or null. */
export type ById<T> = DataLoader<string, T | null>;
/** The rows that belong to an id, in order. */
export type ListBy<T> = DataLoader<string, T[]>;

function byId<T extends { id: string }>(session: Session, entity: EntityClass<T>): ById<T> {
  return new DataLoader(async ids => {
    const rows = await session.many(entity, `WHERE t.id IN ${list(ids)}`, [...ids]);
    const found = new Map(rows.map(row => [row.id, row]));
    return ids.map(id => found.get(id) ?? null);
  });
}

function listBy<T extends object>(
  session: Session,
  entity: EntityClass<T>,
  key: keyof T & string,
  order: string,
  condition = '',
): ListBy<T> {
  return new DataLoader(async ids => {
    const rows = await session.many(entity, `WHERE t.${key} IN ${list(ids)} ${condition} ORDER BY ${order}`, [
      ...ids,
    ]);
    const lists = new Map<unknown, T[]>(ids.map(id => [id, []]));
    for (const row of rows) lists.get(row[key])?.push(row);
    return ids.map(id => lists.get(id) ?? []);
  });
}

const OPEN = `AND t.state IN ('${CancellationRequestState.PENDING}', '${CancellationRequestState.ACCEPTED}')`;

/** How each loader is made, by its name. */
const makers = {
  account: (session: Session) => byId(session, Account),
  user: (session: Session) => byId(session, User),
  order: (session: Session) => byId(session, Order),
  subscription: (session: Session) => byId(session, CloudSubscription),
  operation: (session: Session) => byId(session, ProvisioningOperation),
  request: (session: Session) => byId(session, CancellationRequest),
  orderLine: (session: Session) => byId(session, OrderLine),
  basketLines: (session: Session) => listBy(session, BasketLine, 'basketId', 't.position'),
  orderLines: (session: Session) => listBy(session, OrderLine, 'orderId', 't.position'),
  orderOperations: (session: Session) => listBy(session, ProvisioningOperation, 'orderId', 't.id'),
  subscriptionOperations: (session: Session) =>
    listBy(session, ProvisioningOperation, 'subscriptionId', 't.id'),
  subscriptionAddons: (session: Session) =>
    listBy(session, CloudSubscriptionAddon, 'subscriptionId', 't.addonId'),
  openRequests: (session: Session) => listBy(session, CancellationRequest, 'subscriptionId', 't.id', OPEN),
  steps: (session: Session) => listBy(session, OperationStep, 'operationId', 't.position'),
  serviceAccounts: (session: Session) => listBy(session, ServiceAccount, 'accountId', 't.serviceId'),
};

/** The loaders of one request. */
export type Loaders = { readonly [Name in keyof typeof makers]: ReturnType<(typeof makers)[Name]> };

/** Makes each loader when it is first asked for: most requests need one or two of them, or none. */
class LazyLoaders {
  constructor(readonly session: Session) {}
}

for (const [name, make] of Object.entries(makers)) {
  Object.defineProperty(LazyLoaders.prototype, name, {
    get(this: LazyLoaders) {
      const value = make(this.session);
      Object.defineProperty(this, name, { value });
      return value;
    },
  });
}

/**
 * What objects that may be seen refer to, batched: one statement a kind and level, whatever the page holds. For one
 * request or one message of a stream only: a loader that lives on serves yesterday's state. They do not ask who may see
 * what; that is asked where an object is first reached.
 */
export function createLoaders(session: Session): Loaders {
  return new LazyLoaders(session) as unknown as Loaders;
}
