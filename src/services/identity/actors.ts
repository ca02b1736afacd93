import type { Session } from '../../database';
import type { Role } from '../../entities';
import type { Actor } from '../../policies';

interface Row {
  userId: string;
  roles: string | Role[];
  accountId: string | null;
  resellerId: string | null;
  priceListId: string | null;
}

/** Who the user is now: roles and account as the database has them, whatever they were when the token was given. */
export async function findActor(session: Session, userId: string): Promise<Actor | null> {
  const [row] = await session.rows<Row>(
    `SELECT u.id AS userId, u.roles, u.accountId, a.resellerId, a.priceListId
     FROM users u LEFT JOIN accounts a ON a.id = u.accountId WHERE u.id = ?`,
    [userId],
  );
  if (!row) return null;
  return { ...row, roles: typeof row.roles === 'string' ? JSON.parse(row.roles) : row.roles };
}
