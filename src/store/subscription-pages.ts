import { columns, type Session } from '../database';
import {
  CloudSubscription,
  type CloudSubscriptionSortField,
  type CloudSubscriptionState,
  type SyncState,
} from '../entities';
import type { Actor } from '../policies';
import { listCondition } from './find';
import { findPlannedPage } from './find-page';
import type { OwnedList } from './first-pages';
import type { Page, PageRequest } from './page';
import { prefixPattern, type SearchedThrough, searchCondition, type WholeText } from './search/condition';
import { type Sort, type SortOrders, sortedBy } from './sort-order';
import { type Condition, visibilityCondition } from './visibility';
import { type DateRange, Where } from './where';

const t = columns(CloudSubscription, 't');

const ORDERS: SortOrders<CloudSubscriptionSortField, CloudSubscription> = {
  CREATED_AT: { name: 'subscriptions', column: 'createdAt', type: 'time' },
  FRIENDLY_NAME: { name: 'subscriptions by name', column: 'friendlyName', type: 'string' },
  CURRENT_PERIOD_END: {
    name: 'subscriptions by period',
    column: 'currentPeriodEnd',
    type: 'time',
    nullable: true,
  },
};
const NEWEST: Sort<CloudSubscriptionSortField> = { field: 'CREATED_AT', direction: 'DESC' };

/** Words of a subscription: its own, those of its account, and those of its product. */
const SEARCHED: readonly SearchedThrough[] = [
  { kind: 'sub', column: t.id },
  { kind: 'acc', column: t.accountId },
  { kind: 'prod', column: t.productId },
];

/** Subscriptions whose id at the provider starts with a text, in the case of the text, in lower or in upper case. */
function withExternalId(text: string): WholeText {
  const texts = [...new Set([text, text.toLowerCase(), text.toUpperCase()])];
  const sql = texts.map(() => `${t.externalId} LIKE ?`).join(' OR ');
  const values = texts.map(prefixPattern);
  return { sql: `(${sql})`, values, narrowing: [{ column: t.externalId, sql, values, equal: false }] };
}

/** Filter of a list of subscriptions. */
export interface SubscriptionSearch {
  search?: string | null;
  states?: readonly CloudSubscriptionState[] | null;
  syncStates?: readonly SyncState[] | null;
  accountId?: string | null;
  resellerId?: string | null;
  productId?: string | null;
  serviceId?: string | null;
  externalId?: string | null;
  externalReference?: string | null;
  createdAt?: DateRange | null;
}

/** Condition of the subscriptions with a condition of visibility that match a filter. */
const whereOf = (actor: Actor, visible: Condition, search: SubscriptionSearch): Where =>
  new Where(visible)
    .in(t.state, search.states)
    .in(t.syncState, search.syncStates)
    .is(t.accountId, search.accountId)
    .is(t.resellerId, search.resellerId)
    .is(t.productId, search.productId)
    .is(t.serviceId, search.serviceId)
    .is(t.externalId, search.externalId)
    .isReference(t.externalReference, search.externalReference, actor)
    .within(t.createdAt, search.createdAt)
    .narrowedBy(searchCondition(search.search, SEARCHED, withExternalId));

/** Subscriptions of an account, newest first. */
export const SUBSCRIPTIONS_OF_ACCOUNT: OwnedList<CloudSubscription, SubscriptionSearch> = {
  entity: CloudSubscription,
  owner: 'accountId',
  order: sortedBy(ORDERS, null, NEWEST),
  where: (actor, search) => whereOf(actor, visibilityCondition(actor, CloudSubscription), search),
};

/** Finds a page of the subscriptions that `actor` may see, newest first unless sorted otherwise. */
export async function findSubscriptionsPage(
  session: Session,
  actor: Actor,
  search: SubscriptionSearch,
  page: PageRequest & { sort?: Sort<CloudSubscriptionSortField> | null },
): Promise<Page<CloudSubscription>> {
  const where = whereOf(actor, await listCondition(session, actor, CloudSubscription), search);
  return findPlannedPage(session, CloudSubscription, where, sortedBy(ORDERS, page.sort, NEWEST), page);
}
