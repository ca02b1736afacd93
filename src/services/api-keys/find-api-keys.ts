import type { ApiKey } from '../../entities/index';
import { findApiKeysPage, type Page, type PageRequest } from '../../store/index';
import type { ActorContext } from '../context';

/** Finds API keys that the caller may see, newest first, of one account if given. */
export function findApiKeys(
  { db, actor }: ActorContext,
  { accountId, ...page }: PageRequest & { accountId?: string | null },
): Promise<Page<ApiKey>> {
  return findApiKeysPage(db, actor, accountId, page);
}
