import { Account, AccountKind, Role, User } from '../../entities';
import { forbidden, invalid, notFound, Refusal } from '../../errors';
import { authorize } from '../../policies';
import { findVisible } from '../../store';
import type { ActorContext } from '../context';
import { endAllSessions } from './sessions';

/** Gives a user other roles, none to shut it out. Its sessions end: nothing goes on with what it was allowed before. */
export async function setUserRoles(
  { db, actor }: ActorContext,
  input: { userId: string; roles: readonly Role[] },
): Promise<string> {
  authorize(actor, 'setUserRoles');
  if (input.userId === actor.userId) throw new Refusal([forbidden('Nobody changes the own roles.')]);
  const roles = [...new Set(input.roles)];
  await db.transaction(async tx => {
    const user = await findVisible(tx, actor, User, input.userId, 'FOR UPDATE');
    if (!user) throw new Refusal([notFound('user', ['userId'])]);
    const account = user.accountId ? await tx.one(Account, 'WHERE t.id = ?', [user.accountId]) : undefined;
    const fitting = fittingRoles(account);
    if (!roles.every(role => fitting.includes(role))) {
      throw new Refusal([invalid(['roles'], `This user can only be ${fitting.join(' or ')}.`)]);
    }
    await tx.update(User, { roles }, 't.id = ?', [user.id]);
    const message = roles.length > 0 ? `Roles are now ${roles.join(', ')}.` : 'The user is shut out.';
    await endAllSessions(tx, user.id, message, actor.userId);
  });
  return input.userId;
}

/** What a user can be: staff where it has no account, otherwise what its account is. */
function fittingRoles(account: Account | undefined): readonly Role[] {
  if (!account) return [Role.ACCOUNT_MANAGER, Role.ADMINISTRATOR];
  return account.kind === AccountKind.RESELLER ? [Role.RESELLER] : [Role.CUSTOMER];
}
