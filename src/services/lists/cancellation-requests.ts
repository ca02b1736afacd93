import type { CancellationRequest, CancellationRequestState } from '../../entities';
import { findRequestsPage, type Page, type PageRequest } from '../../store';
import type { ActorContext } from '../context';

/** Finds cancellation requests that the caller may see, newest first. */
export function findCancellationRequests(
  { db, actor }: ActorContext,
  states: readonly CancellationRequestState[] | null | undefined,
  page: PageRequest,
): Promise<Page<CancellationRequest>> {
  return findRequestsPage(db, actor, states, page);
}
