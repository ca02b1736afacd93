import { IsNull, MoreThan, Not } from 'typeorm';
import { columns, type Session } from '../database';
import { ApiKey } from '../entities';
import type { Actor } from '../policies';
import { findPage } from './find-page';
import type { Page, PageRequest } from './page';
import { type Order } from './sort-order';
import { visibilityCondition } from './visibility';
import { Where } from './where';

const k = columns(ApiKey);
const t = columns(ApiKey, 't');

/** Condition of the keys of a member of staff, which act as it. */
const staffKeys = (userId: string) => ({ userId, accountId: IsNull() });

/** Counts the keys of an account, or of a member of staff, that are neither revoked nor expired at `now`. */
export const countLiveKeys = (
  { manager }: Session,
  { accountId, userId }: Pick<ApiKey, 'accountId' | 'userId'>,
  now: Date,
) =>
  manager.countBy(ApiKey, {
    ...(accountId === null ? staffKeys(userId) : { accountId }),
    revokedAt: IsNull(),
    expiresAt: MoreThan(now),
  });

/** Finds the keys of a member of staff. */
export const findStaffKeys = ({ manager }: Session, userId: string): Promise<ApiKey[]> =>
  manager.find(ApiKey, { where: staffKeys(userId), order: { id: 'ASC' } });

/** Whether a user is the one of an account's key, and no person. */
export const isKeyUser = async ({ manager }: Session, userId: string): Promise<boolean> =>
  (await manager.countBy(ApiKey, { userId, accountId: Not(IsNull()) })) > 0;

/** Records a use at `now`, unless a use since `since` is recorded. */
export const recordKeyUse = (session: Session, id: string, now: Date, since: Date): Promise<number> =>
  session.execute(
    `UPDATE ${k.table} SET ${k.lastUsedAt} = ?
     WHERE ${k.id} = ? AND (${k.lastUsedAt} IS NULL OR ${k.lastUsedAt} < ?)`,
    [now, id, since],
  );

const NEWEST: Order<ApiKey> = { name: 'api-keys', direction: 'DESC', column: 'id' };

/** Finds a page of the API keys that `actor` may see, newest first, of one account if given. */
export function findApiKeysPage(
  session: Session,
  actor: Actor,
  accountId: string | null | undefined,
  page: PageRequest,
): Promise<Page<ApiKey>> {
  const where = new Where(visibilityCondition(actor, ApiKey)).is(t.accountId, accountId);
  return findPage(session, ApiKey, where, NEWEST, page);
}
