import type { CloudSubscription } from '../../entities';
import { findSubscriptionsPage, type Page, type PageRequest, type SubscriptionSearch } from '../../store';
import type { ActorContext } from '../context';

/** Finds subscriptions that the caller may see, newest first. */
export function findSubscriptions(
  { db, actor }: ActorContext,
  search: SubscriptionSearch,
  page: PageRequest,
): Promise<Page<CloudSubscription>> {
  return findSubscriptionsPage(db, actor, search, page);
}
