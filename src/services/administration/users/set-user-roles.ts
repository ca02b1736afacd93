import { Account, AccountKind, Role } from '../../../entities';
import { invalid, Refusal } from '../../../errors';
import { findById } from '../../../store';
import { disableWebhooksOf } from '../../../webhooks';
import { revokeKeysOf } from '../../api-keys/revoke-api-key';
import type { ActorContext } from '../../context';
import { endAllSessions } from '../../identity/sessions';
import { refuseWhileManaging } from '../accounts/assign';
import { editUser, type UserReference } from './edit-user';

/** Replaces the roles of a user; without roles it cannot sign in, and its keys end. Ends the sessions of the former roles. */
export function setUserRoles(
  context: ActorContext,
  input: UserReference & { roles: readonly Role[] },
): Promise<string> {
  const roles = [...new Set(input.roles)];
  return editUser(context, 'setUserRoles', input, async (tx, user) => {
    const account = user.accountId ? await findById(tx, Account, user.accountId) : null;
    refuseRoles(roles, account);
    if (!roles.includes(Role.ACCOUNT_MANAGER)) await refuseWhileManaging(tx, user);
    const message = roles.length > 0 ? `Roles are now ${roles.join(', ')}.` : 'The user is shut out.';
    await endAllSessions(tx, user.id, message, context.actor.userId);
    if (!roles.includes(Role.ADMINISTRATOR)) await disableWebhooksOf(tx, user.id, context.actor.userId);
    if (roles.length === 0) await revokeKeysOf(tx, user, context.actor.userId);
    return { roles };
  });
}

/** Refuses roles that a user of `account` cannot have. A user without an account is staff. */
export function refuseRoles(roles: readonly Role[], account: Account | null): void {
  const fitting = rolesForAccount(account);
  if (roles.every(role => fitting.includes(role))) return;
  const message = `The role does not fit the account of the user. Choose among: ${fitting.join(' or ')}.`;
  throw new Refusal([invalid(['roles'], message)]);
}

function rolesForAccount(account: Account | null): readonly Role[] {
  if (!account) return [Role.ACCOUNT_MANAGER, Role.ADMINISTRATOR];
  return account.kind === AccountKind.RESELLER ? [Role.RESELLER] : [Role.CUSTOMER];
}
