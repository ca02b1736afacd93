import type { Database } from '../../database';
import { type Role, User } from '../../entities';
import { record } from '../../events';

/** Gives a user other roles, none to shut it out; streams that are open on its behalf hear of it. */
export function changeRoles(db: Database, userId: string, roles: readonly Role[]): Promise<void> {
  return db.transaction(async tx => {
    await tx.update(User, { roles: [...roles] }, 't.id = ?', [userId]);
    const message = roles.length > 0 ? `Roles are now ${roles.join(', ')}.` : 'The user is shut out.';
    record(tx, { type: 'user.changed', message, userId });
  });
}
