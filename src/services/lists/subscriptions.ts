import { CloudSubscription, type CloudSubscriptionState, type SyncState } from '../../entities';
import { findPage, type ListOrder, type Page, type PageRequest, visibleRows } from '../../store';
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
export function findSubscriptions(
  context: ActorContext,
  search: SubscriptionSearch,
  page: PageRequest,
): Promise<Page<CloudSubscription>> {
  const where = whereOf(context, search).is('t.accountId', search.accountId);
  return findPage(context.db, CloudSubscription, where, BY_NEWEST, page);
}

/** What the caller may see and `search` lets through, of whichever account. */
export function whereOf({ actor }: ActorContext, search: Omit<SubscriptionSearch, 'accountId'>): Where {
  return new Where(visibleRows(actor, CloudSubscription))
    .in('t.state', search.states)
    .in('t.syncState', search.syncStates)
    .contains(['t.friendlyName'], search.search);
}
