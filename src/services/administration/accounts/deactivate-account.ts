import { currentTime } from '../../../clock';
import { findUsersOf } from '../../../store';
import type { ActorContext } from '../../context';
import { endAllSessions } from '../../identity/sessions';
import { type AccountReference, editAccount } from './edit-account';

/** Shuts an account: its users and its programs are out, nothing is ordered for it. What it has goes on. */
export function deactivateAccount(context: ActorContext, input: AccountReference): Promise<string> {
  return editAccount(context, 'deactivateAccount', input, async (tx, account) => {
    if (!account.active) return undefined;
    const message = `${account.name} was deactivated.`;
    const users = await findUsersOf(tx, account.id);
    for (const { id } of users) await endAllSessions(tx, id, message, context.actor.userId);
    return { patch: { deactivatedAt: currentTime() }, message };
  });
}

/** Opens it again: its users sign in anew. */
export function activateAccount(context: ActorContext, input: AccountReference): Promise<string> {
  return editAccount(context, 'activateAccount', input, async (_, account) =>
    account.active
      ? undefined
      : { patch: { deactivatedAt: null }, message: `${account.name} was activated.` },
  );
}
