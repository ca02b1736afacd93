import { CloudSubscription, type CloudSubscriptionState, type SyncState } from '../../entities';
import type { Condition } from '../../policies';
import { findPage, type ListOrder, listedRows, type Page, type PageRequest } from '../../store';
import type { ActorContext } from '../context';
import { Where } from './condition';

/** The order of every list of subscriptions. */
export const BY_NEWEST: ListOrder<CloudSubscription> = {
  name: 'subscriptions',
  direction: 'DESC',
  column: 'id',
};

/** Which subscriptions. */
export interface SubscriptionSearch {
  states?: readonly CloudSubscriptionState[] | null;
  syncStates?: readonly SyncState[] | null;
  accountId?: string | null;
  search?: string | null;
}

/** The subscriptions that the caller may see, newest first. */
export async function findSubscriptions(
  { db, actor }: ActorContext,
  search: SubscriptionSearch,
  page: PageRequest,
): Promise<Page<CloudSubscription>> {
  const where = whereOf(await listedRows(db, actor, CloudSubscription), search).is(
    't.accountId',
    search.accountId,
  );
  return findPage(db, CloudSubscription, where, BY_NEWEST, page);
}

/** What is `visible` and `search` lets through, of whichever account. */
export function whereOf(visible: Condition, search: Omit<SubscriptionSearch, 'accountId'>): Where {
  return new Where(visible)
    .in('t.state', search.states)
    .in('t.syncState', search.syncStates)
    .contains(['t.friendlyName'], search.search);
}
