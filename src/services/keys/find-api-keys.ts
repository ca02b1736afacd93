import { ApiKey } from '../../entities';
import { findPage, type ListOrder, type Page, type PageRequest, visibleRows } from '../../store';
import type { ActorContext } from '../context';
import { Where } from '../lists/condition';

const NEWEST: ListOrder<ApiKey> = { name: 'api-keys', direction: 'DESC', column: 'id' };

/** The API keys that the caller may see, newest first; `accountId` narrows them. */
export function findApiKeys(
  { db, actor }: ActorContext,
  { accountId, ...page }: PageRequest & { accountId?: string | null },
): Promise<Page<ApiKey>> {
  const where = new Where(visibleRows(actor, ApiKey)).is('t.accountId', accountId);
  return findPage(db, ApiKey, where, NEWEST, page);
}
