import { columns, type Session, type Transaction } from '../database';
import { CancellationRequest, CancellationRequestState, ProvisioningOperation } from '../entities';
import type { Actor } from '../policies';
import { listCondition } from './find';
import { findPlannedPage } from './find-page';
import type { Page, PageRequest } from './page';
import { findSnapshot, type SnapshotRows } from './snapshot';
import { type Order } from './sort-order';
import { Where } from './where';

const { PENDING, ACCEPTED } = CancellationRequestState;

const r = columns(CancellationRequest);
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

/** Claims a due request for its DEPROVISION operation, once. Resolves to false if another process has claimed it. */
export async function claimDueRequest(tx: Transaction, id: string): Promise<boolean> {
  const claimed = await tx.execute(
    `UPDATE ${r.table} SET ${r.effectiveAt} = NULL, ${r.version} = ${r.version} + 1
     WHERE ${r.id} = ? AND ${r.state} = '${ACCEPTED}' AND ${r.effectiveAt} IS NOT NULL`,
    [id],
  );
  return claimed === 1;
}

/** Finds the ids of requests without a decision for `hours` hours that have not reached `level`, oldest first. */
export const findOverdueRequests = (
  session: Session,
  level: number,
  hours: number,
  limit: number,
): Promise<{ id: string }[]> =>
  session.rows(
    `SELECT ${r.id} FROM ${r.table} WHERE ${r.state} = '${PENDING}' AND ${r.escalation} < ?
       AND ${r.requestedAt} <= NOW(3) - INTERVAL ${hours} HOUR ORDER BY ${r.id} LIMIT ${limit}`,
    [level],
  );

/** Raises a pending request to `level`, once. Resolves to false if another process has raised it, or it was decided. */
export async function claimEscalation(tx: Transaction, id: string, level: number): Promise<boolean> {
  const claimed = await tx.execute(
    `UPDATE ${r.table} SET ${r.escalation} = ? WHERE ${r.id} = ? AND ${r.state} = '${PENDING}' AND ${r.escalation} < ?`,
    [level, id, level],
  );
  return claimed === 1;
}

const NEWEST: Order<CancellationRequest> = { name: 'cancellations', direction: 'DESC', column: 'id' };

/** Filter of a list of cancellation requests. */
export interface RequestSearch {
  states?: readonly CancellationRequestState[] | null;
  accountId?: string | null;
  subscriptionId?: string | null;
}

/** Finds a page of the cancellation requests that `actor` may see, newest first. */
export async function findRequestsPage(
  session: Session,
  actor: Actor,
  { states, accountId, subscriptionId }: RequestSearch,
  page: PageRequest,
): Promise<Page<CancellationRequest>> {
  const where = new Where(await listCondition(session, actor, CancellationRequest))
    .in(t.state, states)
    .is(t.accountId, accountId)
    .is(t.subscriptionId, subscriptionId);
  return findPlannedPage(session, CancellationRequest, where, NEWEST, page);
}
