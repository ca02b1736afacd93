import { type Account, AccountKind, Role } from '../../../entities';
import { invalid, Refusal } from '../../../errors';
import { findAccount } from '../../../store';
import type { ActorContext } from '../../context';
import { endAllSessions } from '../../identity/sessions';
import { refuseWhileManaging } from '../accounts/assign';
import { editUser, type UserReference } from './edit-user';

/** Gives a user other roles, none to shut it out. Its sessions end: nothing goes on with what it was allowed before. */
export function setUserRoles(
  context: ActorContext,
  input: UserReference & { roles: readonly Role[] },
): Promise<string> {
  const roles = [...new Set(input.roles)];
  return editUser(context, 'setUserRoles', input, async (tx, user) => {
    const account = user.accountId ? await findAccount(tx, user.accountId) : null;
    const fitting = rolesForAccount(account);
    if (!roles.every(role => fitting.includes(role))) {
      throw new Refusal([invalid(['roles'], `This user can only be ${fitting.join(' or ')}.`)]);
    }
    if (!roles.includes(Role.ACCOUNT_MANAGER)) await refuseWhileManaging(tx, user);
    const message = roles.length > 0 ? `Roles are now ${roles.join(', ')}.` : 'The user is shut out.';
    await endAllSessions(tx, user.id, message, context.actor.userId);
    return { roles };
  });
}

/** What a user can be: staff where it has no account, otherwise what its account is. */
export function rolesForAccount(account: Account | null): readonly Role[] {
  if (!account) return [Role.ACCOUNT_MANAGER, Role.ADMINISTRATOR];
  return account.kind === AccountKind.RESELLER ? [Role.RESELLER] : [Role.CUSTOMER];
}
