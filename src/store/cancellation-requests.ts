import { columns, type Session } from '../database';
import {
  CancellationRequest,
  CancellationRequestState,
  type Decider,
  ProvisioningOperation,
} from '../entities';
import type { Actor } from '../policies';
import { listCondition } from './find';
import { findPlannedPage } from './find-page';
import type { Page, PageRequest } from './page';
import { findSnapshot, type SnapshotRows } from './snapshot';
import { type Order } from './sort-order';
import { Where } from './where';

const { PENDING, ACCEPTED } = CancellationRequestState;

const t = columns(CancellationRequest, 't');
const o = columns(ProvisioningOperation, 'o');

/** Finds the open request of a subscription. */
export const findOpenRequest = ({ manager }: Session, openSlot: string) =>
  manager.findOneBy(CancellationRequest, { openSlot });

/** Finds the open requests that `actor` may see. */
export async function findOpenRequests(
  session: Session,
  actor: Actor,
): Promise<SnapshotRows<CancellationRequest>> {
  const visible = await listCondition(session, actor, CancellationRequest);
  return findSnapshot(session, CancellationRequest, new Where(visible).in(t.state, [PENDING, ACCEPTED]));
}

/** Finds accepted requests whose period has ended and whose subscription is idle, oldest first. */
export const findDueRequests = (session: Session, now: Date, limit: number) =>
  session.many(
    CancellationRequest,
    `WHERE ${t.state} = '${ACCEPTED}' AND ${t.effectiveAt} <= ?
       AND NOT EXISTS (SELECT 1 FROM ${o.table} WHERE ${o.openSlot} = ${t.subscriptionId})
     ORDER BY ${t.effectiveAt} LIMIT ${limit}`,
    [now],
  );

const NEWEST: Order<CancellationRequest> = { name: 'cancellations', direction: 'DESC', column: 'id' };

/** Filter of a list of cancellation requests. */
export interface RequestSearch {
  states?: readonly CancellationRequestState[] | null;
  awaiting?: Decider | null;
  accountId?: string | null;
  subscriptionId?: string | null;
}

/** Finds a page of the cancellation requests that `actor` may see, newest first. */
export async function findRequestsPage(
  session: Session,
  actor: Actor,
  { states, awaiting, accountId, subscriptionId }: RequestSearch,
  page: PageRequest,
): Promise<Page<CancellationRequest>> {
  const where = new Where(await listCondition(session, actor, CancellationRequest))
    .in(t.state, states)
    .in(t.state, awaiting && [PENDING])
    .is(t.awaiting, awaiting)
    .is(t.accountId, accountId)
    .is(t.subscriptionId, subscriptionId);
  return findPlannedPage(session, CancellationRequest, where, NEWEST, page);
}
