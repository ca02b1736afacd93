import { list, type Session } from '../../database';
import type { Role } from '../../entities';
import type { Actor } from '../../policies';

interface Row {
  userId: string;
  roles: string | Role[];
  accountId: string | null;
  resellerId: string | null;
  priceListId: string | null;
}

/**
 * Who these users are now: roles and account as the database has them, whatever they were when a token was given. A user
 * that is gone, or has no role left, is missing: it has been shut out.
 */
export async function findActors(session: Session, userIds: readonly string[]): Promise<Map<string, Actor>> {
  const rows = await session.rows<Row>(
    `SELECT u.id AS userId, u.roles, u.accountId, a.resellerId, a.priceListId
     FROM users u LEFT JOIN accounts a ON a.id = u.accountId WHERE u.id IN ${list(userIds)}`,
    userIds,
  );
  const actors = rows.map(row => ({
    ...row,
    roles: typeof row.roles === 'string' ? (JSON.parse(row.roles) as Role[]) : row.roles,
  }));
  return new Map(actors.filter(({ roles }) => roles.length > 0).map(actor => [actor.userId, actor]));
}

/** Who the user is now; null for one that is gone or shut out. */
export async function findActor(session: Session, userId: string): Promise<Actor | null> {
  return (await findActors(session, [userId])).get(userId) ?? null;
}
