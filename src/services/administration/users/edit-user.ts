import type { Transaction } from '../../../database';
import { Role, User } from '../../../entities';
import { checkVersion, forbidden, notFound, Refusal } from '../../../errors';
import { type Action, authorize } from '../../../policies';
import { findVisible } from '../../../store';
import type { ActorContext } from '../../context';
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
    throw new Refusal([forbidden('Nobody does this to the own user: ask another administrator.')]);
  }
  await db.transaction(async tx => {
    const administrators = await lockAdministrators(tx);
    // Another one may have taken the caller's rights since the request began.
    if (!administrators.includes(actor.userId)) throw new Refusal([forbidden('You are no administrator.')]);
    const user = await findVisible(tx, actor, User, userId, 'FOR UPDATE');
    if (!user) throw new Refusal([notFound('user', ['userId'])]);
    checkVersion(expectedVersion, user.version);
    const patch = await work(tx, user);
    if (patch) await writeChange(tx, User, user, patch);
  });
  return userId;
}

/** Who may administrate, locked: whoever wants to change that waits. */
async function lockAdministrators(tx: Transaction): Promise<string[]> {
  const staff = await tx.many(User, 'WHERE t.accountId IS NULL ORDER BY t.id FOR UPDATE');
  return staff
    .filter(user => user.roles.includes(Role.ADMINISTRATOR) && !user.deactivatedAt)
    .map(({ id }) => id);
}
