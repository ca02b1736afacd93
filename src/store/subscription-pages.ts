import { columns, placeholders, type Session } from '../database';
import { CloudSubscription, type CloudSubscriptionState, type SyncState } from '../entities';
import type { Actor } from '../policies';
import { listCondition } from './find';
import { findPage, type Order, type Page, type PageRequest, pageSize } from './page';
import { type Condition, visibilityCondition } from './visibility';
import { Where } from './where';

const t = columns(CloudSubscription, 't');

/** Sort order of all lists of subscriptions. */
export const BY_NEWEST: Order<CloudSubscription> = {
  name: 'subscriptions',
  direction: 'DESC',
  column: 'id',
};

/** Filter of a list of subscriptions. */
export interface SubscriptionSearch {
  states?: readonly CloudSubscriptionState[] | null;
  syncStates?: readonly SyncState[] | null;
  accountId?: string | null;
  search?: string | null;
}

function whereOf(visible: Condition, { states, syncStates, search }: SubscriptionSearch): Where {
  return new Where(visible)
    .in(t.state, states)
    .in(t.syncState, syncStates)
    .contains([t.friendlyName], search);
}

/** Finds a page of the subscriptions that `actor` may see, newest first. */
export async function findSubscriptionsPage(
  session: Session,
  actor: Actor,
  search: SubscriptionSearch,
  page: PageRequest,
): Promise<Page<CloudSubscription>> {
  const visible = await listCondition(session, actor, CloudSubscription);
  const where = whereOf(visible, search).is(t.accountId, search.accountId);
  return findPage(session, CloudSubscription, where, BY_NEWEST, page);
}

/** First subscriptions of many accounts, and their counts. */
export interface FirstPages {
  /** Subscriptions of each account, newest first, up to one more than a page. */
  rows: CloudSubscription[];
  /** Runs an additional statement. */
  count(): Promise<Map<string, number>>;
}

/** Finds the first page of subscriptions of each account, in one statement. */
export async function findFirstPages(
  session: Session,
  actor: Actor,
  accountIds: readonly string[],
  search: SubscriptionSearch,
  first: number | null,
): Promise<FirstPages> {
  const where = whereOf(visibilityCondition(actor, CloudSubscription), search).and(
    `${t.accountId} IN ${placeholders(accountIds)}`,
    ...accountIds,
  );
  const rows = await session.many(
    CloudSubscription,
    `WHERE ${t.id} IN (SELECT id FROM (
       SELECT ${t.id}, ROW_NUMBER() OVER (PARTITION BY ${t.accountId} ORDER BY ${t.id} DESC) AS place
       FROM ${t.table} WHERE ${where.sql}) ranked WHERE ranked.place <= ${pageSize(first) + 1})
     ORDER BY ${t.id} DESC`,
    where.values,
  );
  return { rows, count: () => countByAccount(session, where) };
}

async function countByAccount(session: Session, where: Where): Promise<Map<string, number>> {
  const rows = await session.rows<{ accountId: string; n: number }>(
    `SELECT ${t.accountId}, COUNT(*) AS n FROM ${t.table} WHERE ${where.sql} GROUP BY ${t.accountId}`,
    where.values,
  );
  return new Map(rows.map(({ accountId, n }) => [accountId, n]));
}
