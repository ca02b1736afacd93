import type { Session } from '../database';
import { CloudSubscription, CloudSubscriptionState, Order, OrderState } from '../entities';
import type { Actor } from '../policies';
import { findOpenRequests } from './cancellation-requests';
import { findAllVisible, listCondition } from './find';
import { findSnapshot, newestOf, type SnapshotRows } from './snapshot';
import { findOpenChanges } from './subscription-changes';
import { Where } from './where';

const { ACTIVE, CANCELLED } = CloudSubscriptionState;
const { SUBMITTED, EXECUTING, FAILED } = OrderState;

/** Finds the unfinished orders that `actor` may see. */
export async function findUnfinishedOrders(session: Session, actor: Actor): Promise<SnapshotRows<Order>> {
  const where = new Where(await listCondition(session, actor, Order));
  return findSnapshot(session, Order, where.in('t.state', [SUBMITTED, EXECUTING, FAILED]));
}

const CHANGING = Object.values(CloudSubscriptionState).filter(
  state => state !== ACTIVE && state !== CANCELLED,
);

/** Finds the unfinished subscriptions that `actor` may see. Several statements, because each is found by an index. */
export async function findUnfinishedSubscriptions(
  session: Session,
  actor: Actor,
): Promise<SnapshotRows<CloudSubscription>> {
  const where = new Where(await listCondition(session, actor, CloudSubscription));
  const changing = await findSnapshot(session, CloudSubscription, where.in('t.state', CHANGING));
  const requests = await findOpenRequests(session, actor);
  const changes = await findOpenChanges(session, actor);
  const ids = [...requests.rows, ...changes.rows].map(({ subscriptionId }) => subscriptionId);
  const requested =
    ids.length > 0 ? await findAllVisible(session, actor, CloudSubscription, [...new Set(ids)]) : [];
  return newestOf(changing, {
    rows: requested.filter(row => row !== null),
    truncated: requests.truncated || changes.truncated,
  });
}
