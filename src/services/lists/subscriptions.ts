import { CloudSubscription, type CloudSubscriptionState, type SyncState } from '../../entities';
import { findPage, type ListOrder, type Page, type PageRequest, visibleRows } from '../../store';
import type { ActorContext } from '../context';
import { Where } from './condition';

const NEWEST: ListOrder<CloudSubscription> = { name: 'subscriptions', direction: 'DESC', column: 'id' };

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
  const where = new Where(visibleRows(context.actor, CloudSubscription))
    .in('t.state', search.states)
    .in('t.syncState', search.syncStates)
    .is('t.accountId', search.accountId)
    .contains(['t.friendlyName'], search.search);
  return findPage(context.db, CloudSubscription, where, NEWEST, page);
}
