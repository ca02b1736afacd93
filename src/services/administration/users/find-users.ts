import type { User } from '../../../entities';
import { findUsersPage, type Page, type PageRequest, type UserSearch } from '../../../store';
import type { ActorContext } from '../../context';

/** The users, by name; those of API keys are users as well. */
export function findUsers(
  { db, actor }: ActorContext,
  request: PageRequest & UserSearch,
): Promise<Page<User>> {
  return findUsersPage(db, actor, request, request);
}
