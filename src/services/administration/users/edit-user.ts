import type { Transaction } from '../../../database';
import { User } from '../../../entities';
import { checkVersion, forbidden, notFound, Refusal } from '../../../errors';
import { type Action, authorize } from '../../../policies';
import { findVisible } from '../../../store';
import type { ActorContext } from '../../context';
import { lockActor } from '../../identity/lock';
import { writeChange } from '../write';

/** Which user, as it was read. */
export interface NamedUser {
  userId: string;
  expectedVersion?: number | null;
}

/** What of a user an administrator changes. */
export type UserPatch = Partial<
  Pick<User, 'name' | 'email' | 'roles' | 'passwordHash' | 'oneTimeUntil' | 'deactivatedAt'>
>;

/**
 * The one way in which administrators change another user, which is locked meanwhile; nothing is written where `work`
 * gives undefined. There is always somebody left who may: changes that could take the last administrator away follow one
 * another. Resolves to the user's id.
 */
export async function editUser(
  { db, actor }: ActorContext,
  action: Action,
  { userId, expectedVersion }: NamedUser,
  work: (tx: Transaction, user: User) => Promise<UserPatch | undefined>,
): Promise<string> {
  authorize(actor, action);
  if (userId === actor.userId) {
    throw new Refusal([forbidden('You cannot change your own user. Ask another administrator.')]);
  }
  await db.transaction(async tx => {
    // All of them, so that of two administrators who take each other's rights one stays.
    await tx.rows('SELECT id FROM users WHERE accountId IS NULL ORDER BY id FOR UPDATE');
    const current = await lockActor(tx, actor, action);
    const user = await findVisible(tx, current, User, userId, 'FOR UPDATE');
    if (!user) throw new Refusal([notFound('user', ['userId'])]);
    checkVersion(expectedVersion, user.version);
    const patch = await work(tx, user);
    if (patch) await writeChange(tx, User, user, patch);
  });
  return userId;
}
