import type { User } from '../../../entities';
import { findUsersPage, type Page, type PageRequest, type UserSearch } from '../../../store';
import type { ActorContext } from '../../context';

/** Finds users, by name. Users of API keys are included. */
export function findUsers(
  { db, actor }: ActorContext,
  request: PageRequest & UserSearch,
): Promise<Page<User>> {
  return findUsersPage(db, actor, request, request);
}
