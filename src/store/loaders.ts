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
import { idFrom } from './ids';

/** The row with an id, or null. */
export type ById<T> = DataLoader<string, T | null>;
/** The rows that belong to an id, in order. */
export type ListBy<T> = DataLoader<string, T[]>;

function byId<T extends { id: string }>(session: Session, entity: EntityClass<T>): ById<T> {
  return new DataLoader(async ids => {
    const rows = await session.many(entity, `WHERE t.id IN ${list(ids)}`, ids.map(idFrom));
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

/**
 * What objects that may be seen refer to, batched: one statement a kind and level, whatever the page holds. For one
 * request or one message of a stream only: a loader that lives on serves yesterday's state. They do not ask who may see
 * what; that is asked where an object is first reached.
 */
export function createLoaders(session: Session) {
  return {
    account: byId(session, Account),
    user: byId(session, User),
    order: byId(session, Order),
    subscription: byId(session, CloudSubscription),
    operation: byId(session, ProvisioningOperation),
    request: byId(session, CancellationRequest),
    orderLine: byId(session, OrderLine),
    basketLines: listBy(session, BasketLine, 'basketId', 't.position'),
    orderLines: listBy(session, OrderLine, 'orderId', 't.position'),
    orderOperations: listBy(session, ProvisioningOperation, 'orderId', 't.id'),
    subscriptionOperations: listBy(session, ProvisioningOperation, 'subscriptionId', 't.id'),
    subscriptionAddons: listBy(session, CloudSubscriptionAddon, 'subscriptionId', 't.addonId'),
    openRequests: listBy(session, CancellationRequest, 'subscriptionId', 't.id', OPEN),
    steps: listBy(session, OperationStep, 'operationId', 't.position'),
    serviceAccounts: listBy(session, ServiceAccount, 'accountId', 't.serviceId'),
  };
}

/** The loaders of one request. */
export type Loaders = ReturnType<typeof createLoaders>;
