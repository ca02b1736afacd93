import { currentTime } from '../../../clock';
import { findUsersOf } from '../../../store';
import type { ActorContext } from '../../context';
import { endAllSessions } from '../../identity/sessions';
import { type AccountReference, editAccount } from './edit-account';

/** Deactivates an account: ends its sessions and blocks new orders. Subscriptions continue. */
export function deactivateAccount(context: ActorContext, input: AccountReference): Promise<string> {
  return editAccount(context, 'deactivateAccount', input, async (tx, account) => {
    if (!account.active) return undefined;
    const message = `${account.name} was deactivated.`;
    const users = await findUsersOf(tx, account.id);
    for (const { id } of users) await endAllSessions(tx, id, message, context.actor.userId);
    return { patch: { deactivatedAt: currentTime() }, message };
  });
}

/** Activates an account again. Its users must sign in again. */
export function activateAccount(context: ActorContext, input: AccountReference): Promise<string> {
  return editAccount(context, 'activateAccount', input, async (_, account) =>
    account.active
      ? undefined
      : { patch: { deactivatedAt: null }, message: `${account.name} was activated.` },
  );
}
