import { columns, type Session, type Transaction } from '../database';
import { CancellationRequest, CancellationRequestState, ProvisioningOperation } from '../entities';
import type { Actor } from '../policies';
import { listCondition } from './find';
import { findPage, type Order, type Page, type PageRequest } from './page';
import { Where } from './where';

const { ACCEPTED } = CancellationRequestState;

const r = columns(CancellationRequest);
const t = columns(CancellationRequest, 't');
const o = columns(ProvisioningOperation, 'o');

/** Finds the open request of a subscription. */
export const findOpenRequest = ({ manager }: Session, openSlot: string) =>
  manager.findOneBy(CancellationRequest, { openSlot });

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

const NEWEST: Order<CancellationRequest> = { name: 'cancellations', direction: 'DESC', column: 'id' };

/** Finds a page of the cancellation requests that `actor` may see, newest first. */
export async function findRequestsPage(
  session: Session,
  actor: Actor,
  states: readonly CancellationRequestState[] | null | undefined,
  page: PageRequest,
): Promise<Page<CancellationRequest>> {
  const where = new Where(await listCondition(session, actor, CancellationRequest)).in(t.state, states);
  return findPage(session, CancellationRequest, where, NEWEST, page);
}
