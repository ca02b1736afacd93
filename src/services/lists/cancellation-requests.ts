import { CancellationRequest, type CancellationRequestState } from '../../entities';
import { findPage, type ListOrder, listedRows, type Page, type PageRequest } from '../../store';
import type { ActorContext } from '../context';
import { Where } from './condition';

const NEWEST: ListOrder<CancellationRequest> = { name: 'cancellations', direction: 'DESC', column: 'id' };

/** The cancellation requests that the caller may see, newest first. */
export async function findCancellationRequests(
  { db, actor }: ActorContext,
  states: readonly CancellationRequestState[] | null | undefined,
  page: PageRequest,
): Promise<Page<CancellationRequest>> {
  const where = new Where(await listedRows(db, actor, CancellationRequest)).in('t.state', states);
  return findPage(db, CancellationRequest, where, NEWEST, page);
}
