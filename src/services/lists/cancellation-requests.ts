import { CancellationRequest, type CancellationRequestState } from '../../entities';
import { findPage, type ListOrder, type Page, type PageRequest, visibleRows } from '../../store';
import type { ActorContext } from '../context';
import { Where } from './condition';

const NEWEST: ListOrder<CancellationRequest> = { name: 'cancellations', direction: 'DESC', column: 'id' };

/** The cancellation requests that the caller may see, newest first. */
export function findCancellationRequests(
  context: ActorContext,
  states: readonly CancellationRequestState[] | null | undefined,
  page: PageRequest,
): Promise<Page<CancellationRequest>> {
  const where = new Where(visibleRows(context.actor, CancellationRequest)).in('t.state', states);
  return findPage(context.db, CancellationRequest, where, NEWEST, page);
}
