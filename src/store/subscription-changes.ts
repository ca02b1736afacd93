import { columns, type Session } from '../database';
import {
  CloudSubscription,
  CloudSubscriptionState,
  type Decider,
  OperationState,
  ProvisioningOperation,
  SubscriptionChange,
  SubscriptionChangeState,
} from '../entities';
import type { Actor } from '../policies';
import { listCondition } from './find';
import { findPlannedPage } from './find-page';
import type { Page, PageRequest } from './page';
import { findSnapshot, type SnapshotRows } from './snapshot';
import type { Order } from './sort-order';
import { Where } from './where';

const { PENDING, ACCEPTED } = SubscriptionChangeState;

const t = columns(SubscriptionChange, 't');
const o = columns(ProvisioningOperation, 'o');
const s = columns(CloudSubscription, 's');

/** Finds the open change of a subscription. */
export const findOpenChange = ({ manager }: Session, openSlot: string) =>
  manager.findOneBy(SubscriptionChange, { openSlot });

/** Finds the changes of a subscription, oldest first. */
export const findChangesOf = ({ manager }: Session, subscriptionId: string) =>
  manager.find(SubscriptionChange, { where: { subscriptionId }, order: { id: 'ASC' } });

/** Finds the open changes that `actor` may see. */
export async function findOpenChanges(
  session: Session,
  actor: Actor,
): Promise<SnapshotRows<SubscriptionChange>> {
  const visible = await listCondition(session, actor, SubscriptionChange);
  return findSnapshot(session, SubscriptionChange, new Where(visible).in(t.state, [PENDING, ACCEPTED]));
}

const UNSETTLED = [OperationState.PENDING, OperationState.RUNNING, OperationState.FAILED]
  .map(state => `'${state}'`)
  .join(', ');

/** Finds accepted changes whose period has ended and whose subscription is active, without unsettled operations, oldest first. */
export const findDueChanges = (session: Session, now: Date, limit: number) =>
  session.many(
    SubscriptionChange,
    `WHERE ${t.state} = '${ACCEPTED}' AND ${t.effectiveAt} <= ?
       AND NOT EXISTS (SELECT 1 FROM ${o.table} WHERE ${o.subscriptionId} = ${t.subscriptionId} AND ${o.state} IN (${UNSETTLED}))
       AND EXISTS (SELECT 1 FROM ${s.table} WHERE ${s.id} = ${t.subscriptionId} AND ${s.state} = '${CloudSubscriptionState.ACTIVE}')
     ORDER BY ${t.effectiveAt} LIMIT ${limit}`,
    [now],
  );

const NEWEST: Order<SubscriptionChange> = { name: 'changes', direction: 'DESC', column: 'id' };

/** Filter of a list of changes. */
export interface ChangeSearch {
  states?: readonly SubscriptionChangeState[] | null;
  accountId?: string | null;
  subscriptionId?: string | null;
  awaiting?: Decider | null;
}

/** Finds a page of the changes that `actor` may see, newest first. */
export async function findChangesPage(
  session: Session,
  actor: Actor,
  { states, accountId, subscriptionId, awaiting }: ChangeSearch,
  page: PageRequest,
): Promise<Page<SubscriptionChange>> {
  const where = new Where(await listCondition(session, actor, SubscriptionChange))
    .in(t.state, states)
    .in(t.state, awaiting && [PENDING])
    .is(t.awaiting, awaiting)
    .is(t.accountId, accountId)
    .is(t.subscriptionId, subscriptionId);
  return findPlannedPage(session, SubscriptionChange, where, NEWEST, page);
}
