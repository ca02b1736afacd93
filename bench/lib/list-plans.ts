import type { Database, Session } from '../../src/database';
import {
  ChargeKind,
  CloudSubscriptionSortField,
  CloudSubscriptionState,
  OrderSortField,
  OrderState,
  Role,
  SyncState,
} from '../../src/entities';
import type { Actor } from '../../src/policies';
import { findAccountsPage, findChargesPage, findOrdersPage, findSubscriptionsPage } from '../../src/store';
import { nthId } from './fill';
import { FEW, listed } from './fill-lists';

/** Read of a list that has a plan of its own. */
export interface ListPlan {
  name: string;
  read(session: Session | Database): Promise<{ nodes: readonly unknown[] }>;
}

const actor = (
  userId: string,
  role: Role,
  accountId: string | null,
  resellerId: string | null = null,
): Actor => ({
  userId,
  roles: [role],
  accountId,
  resellerId,
  priceListId: null,
});

/** A viewer of each kind of visibility. */
export const VIEWERS: readonly (readonly [string, Actor])[] = [
  ['administrator', actor('usr_admin', Role.ADMINISTRATOR, null)],
  ['manager of half', actor(listed.manager, Role.ACCOUNT_MANAGER, null)],
  ['manager of three', actor(FEW, Role.ACCOUNT_MANAGER, null)],
  ['reseller', actor('usr_reseller', Role.RESELLER, listed.reseller)],
  ['customer', actor(nthId('usr', 10), Role.CUSTOMER, nthId('acc', 10))],
  ['end customer', actor(nthId('usr', 11), Role.CUSTOMER, nthId('acc', 11), listed.reseller)],
];

const day = { from: new Date('2026-05-01'), until: new Date('2026-05-02') };
/** Searches with a word that finds few rows: whole, its first letters, beside a word of many rows, in upper case. */
const NARROW = ['4711', '471', 'backup 4711', 'MÜLLER 4711'];
/** Searches whose every word finds many rows. */
const BROAD = ['backup', 'northwind', 'muller north'];

const subscriptionFilters: Record<string, object> = {
  none: {},
  state: { states: [CloudSubscriptionState.ACTIVE] },
  'rare state': { states: [CloudSubscriptionState.SUSPENDED] },
  states: { states: [CloudSubscriptionState.PENDING, CloudSubscriptionState.SUSPENDED] },
  'sync state': { syncStates: [SyncState.FAILED] },
  account: { accountId: listed.account },
  'state and account': { states: [CloudSubscriptionState.ACTIVE], accountId: listed.account },
  reseller: { resellerId: listed.reseller },
  product: { productId: listed.product },
  service: { serviceId: listed.service },
  'external id': { externalId: listed.externalId },
  'time of creation': { createdAt: day },
};

const orderFilters: Record<string, object> = {
  none: {},
  state: { states: [OrderState.COMPLETED] },
  'rare state': { states: [OrderState.FAILED] },
  recipient: { recipientId: listed.account },
  'state and recipient': { states: [OrderState.COMPLETED], recipientId: listed.account },
  reseller: { resellerId: listed.reseller },
  placer: { placedById: nthId('usr', 11) },
  'time of placement': { placedAt: day },
};

const chargeFilters: Record<string, object> = {
  none: {},
  payer: { accountId: nthId('acc', 10) },
  subscription: { subscriptionId: nthId('sub', 4711) },
  order: { orderId: nthId('ord', 4711) },
  kind: { kinds: [ChargeKind.RECURRING] },
  'after a number': { afterSeq: '100000' },
  'payer after a number': { accountId: listed.reseller, afterSeq: '100000' },
  'time of creation': { createdAt: day },
  'start of the period': { periodStart: day },
};

const sorted = <Field extends string>(fields: readonly Field[]) =>
  fields.flatMap(field => (['ASC', 'DESC'] as const).map(direction => ({ field, direction })));

const searched = (filters: Record<string, object>, searches: readonly string[]) =>
  Object.entries(filters).flatMap(([name, filter]) => [
    [name, filter] as const,
    ...searches.map(search => [`${name}, "${search}"`, { ...filter, search }] as const),
  ]);

/** Every combination that has a plan: each viewer, each filter alone and with a search, in each sort order. */
export function listPlans(): ListPlan[] {
  const page = { first: 20 };
  return VIEWERS.flatMap(([viewer, who]) => [
    ...searched(subscriptionFilters, NARROW).flatMap(([name, filter]) =>
      sorted(Object.values(CloudSubscriptionSortField)).map(sort => ({
        name: `${viewer}: subscriptions, ${name}, by ${sort.field} ${sort.direction}`,
        read: (session: Session) => findSubscriptionsPage(session, who, filter, { ...page, sort }),
      })),
    ),
    ...searched(orderFilters, [...NARROW, 'ORD-2026-004711']).flatMap(([name, filter]) =>
      sorted(Object.values(OrderSortField)).map(sort => ({
        name: `${viewer}: orders, ${name}, by ${sort.field} ${sort.direction}`,
        read: (session: Session) => findOrdersPage(session, who, filter, { ...page, sort }),
      })),
    ),
    ...Object.entries(chargeFilters).flatMap(([name, filter]) =>
      [{ first: 20 }, { last: 20 }].map(part => ({
        name: `${viewer}: charges, ${name}, ${Object.keys(part)}`,
        read: (session: Session) => findChargesPage(session, who, filter, part),
      })),
    ),
    ...searched({ none: {} }, NARROW).map(([name, filter]) => ({
      name: `${viewer}: accounts, ${name}`,
      read: (session: Session) => findAccountsPage(session, who, filter, page),
    })),
  ]);
}

/** Lists without a bound: fast as a rule, and TOO_BROAD otherwise. */
export function broadLists(): ListPlan[] {
  const page = { first: 20 };
  return VIEWERS.flatMap(([viewer, who]) =>
    searched({ none: {}, state: { states: [CloudSubscriptionState.ACTIVE] } }, BROAD).flatMap(
      ([name, filter]) =>
        sorted(Object.values(CloudSubscriptionSortField)).map(sort => ({
          name: `${viewer}: subscriptions, ${name}, by ${sort.field} ${sort.direction}`,
          read: (session: Session) => findSubscriptionsPage(session, who, filter, { ...page, sort }),
        })),
    ),
  );
}
