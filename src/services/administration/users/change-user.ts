import { z } from 'zod';
import { currentTime } from '../../../clock';
import type { Transaction } from '../../../database';
import type { User } from '../../../entities';
import { Refusal, simple } from '../../../errors';
import { record } from '../../../events';
import { authorize } from '../../../policies';
import { isKeyUser } from '../../../store';
import { disableWebhooksOf } from '../../../webhooks';
import { changeMessage } from '../../changed-fields';
import type { ActorContext } from '../../context';
import { endAllSessions } from '../../identity/sessions';
import { emailAddress, parseInput, patchField, singleLine } from '../../input';
import { refuseWhileManaging } from '../accounts/assign';
import { withoutUndefined } from '../catalog/catalog-input';
import { refuseDuplicates } from '../refuse-duplicates';
import { editUser, type UserReference } from './edit-user';
import { createTemporaryPassword } from './temporary-password';

const changes = z.object({ name: patchField(singleLine('The name', 100)), email: patchField(emailAddress) });

/** Changes a user's name, or the e-mail address that it signs in with. */
export function updateUser(
  context: ActorContext,
  input: UserReference & { name?: string | null; email?: string | null },
): Promise<string> {
  return refuseDuplicates('e-mail address', ['email'], () =>
    editUser(context, 'updateUser', input, async (tx, user) => {
      const patch = withoutUndefined(parseInput(changes, input));
      const data = { byId: context.actor.userId };
      const message = changeMessage(`The details of ${user.name} were`, user, patch);
      record(tx, { type: 'user.changed', message, userId: user.id, accountId: user.accountId, data });
      return patch;
    }),
  );
}

/** Deactivates a user. Its sessions and streams end, and its webhooks of every account are disabled. */
export function deactivateUser(context: ActorContext, input: UserReference): Promise<string> {
  return editUser(context, 'deactivateUser', input, async (tx, user) => {
    if (user.deactivatedAt) return undefined;
    await refuseWhileManaging(tx, user);
    await endAllSessions(tx, user.id, `${user.name} was deactivated.`, context.actor.userId);
    await disableWebhooksOf(tx, user.id, context.actor.userId);
    return { deactivatedAt: currentTime() };
  });
}

/** Activates a user again. The password is unchanged. */
export function activateUser(context: ActorContext, input: UserReference): Promise<string> {
  return editUser(context, 'activateUser', input, async (tx, user) => {
    if (!user.deactivatedAt) return undefined;
    const data = { byId: context.actor.userId };
    record(tx, { type: 'user.changed', message: `${user.name} was activated.`, userId: user.id, data });
    return { deactivatedAt: null };
  });
}

/** Replaces a user's password by a temporary one, which only the result has. Ends all sessions. */
export async function resetUserPassword(
  context: ActorContext,
  input: UserReference,
): Promise<{ userId: string; oneTimePassword: string }> {
  authorize(context.actor, 'resetUserPassword');
  const { password, columns: hashed } = await createTemporaryPassword();
  const userId = await editUser(context, 'resetUserPassword', input, async (tx, user) => {
    await refuseKeyUser(tx, user);
    await endAllSessions(tx, user.id, `The password of ${user.name} was reset.`, context.actor.userId);
    return hashed;
  });
  return { userId, oneTimePassword: password };
}

/** Refuses the user of an account's API key, which has no password. */
export async function refuseKeyUser(tx: Transaction, { id, name }: User): Promise<void> {
  if (!(await isKeyUser(tx, id))) return;
  const message = `${name} is an API key and has no password. Revoke the key, and create another one.`;
  throw new Refusal([simple('INVALID_STATE', message, ['userId'])]);
}
