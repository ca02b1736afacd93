import type { Transaction } from '../../../database';
import { User } from '../../../entities';
import { checkVersion, forbidden, notFound, Refusal } from '../../../errors';
import { type Action, authorize } from '../../../policies';
import { lockStaff, lockVisible, updateVersioned } from '../../../store';
import type { ActorContext } from '../../context';
import { lockActor } from '../../identity/lock';

/** Id of a user, with the version that the caller has read. */
export interface UserReference {
  userId: string;
  expectedVersion?: number | null;
}

/** Fields of a user that administrators change. */
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
  { userId, expectedVersion }: UserReference,
  work: (tx: Transaction, user: User) => Promise<UserPatch | undefined>,
): Promise<string> {
  authorize(actor, action);
  if (userId === actor.userId) {
    throw new Refusal([forbidden('You cannot change your own user. Ask another administrator.')]);
  }
  await db.transaction(async tx => {
    // Locks all staff, so that two administrators cannot remove each other's rights at the same time.
    await lockStaff(tx);
    const current = await lockActor(tx, actor, action);
    const user = await lockVisible(tx, current, User, userId);
    if (!user) throw new Refusal([notFound('user', ['userId'])]);
    checkVersion(expectedVersion, user.version);
    const patch = await work(tx, user);
    if (patch) await updateVersioned(tx, User, user, patch);
  });
  return userId;
}
