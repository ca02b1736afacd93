import { currentTime } from '../../../clock';
import type { Transaction } from '../../../database';
import { User } from '../../../entities';
import { eraseNameFromEvents, replaceName } from '../../../events';
import {
  deletePasswordResets,
  deleteSignInAddresses,
  endDeputizationsBy,
  findInvitationsOf,
  findMailsAbout,
  updateById,
  updateInvitation,
  updateMailContent,
} from '../../../store';
import { disableWebhooksOf } from '../../../webhooks';
import { eraseKeyNames, revokeKeysOf } from '../../api-keys/revoke-api-key';
import type { ActorContext } from '../../context';
import { NO_PASSWORD } from '../../identity/passwords';
import { endAllSessions } from '../../identity/sessions';
import { refuseWhileManaging } from '../accounts/assign';
import { refuseKeyUser } from './change-user';
import { editUser } from './edit-user';

/**
 * Replaces the name and the e-mail address of a user by a pseudonym wherever they are kept, and ends its access for good. Facts
 * stay: orders, requests and the audit trail name the pseudonym. Resolves to the id of the user.
 */
export function eraseUser(context: ActorContext, input: { userId: string }): Promise<string> {
  return editUser(context, 'eraseUser', input, async (tx, user) => {
    await refuseKeyUser(tx, user);
    await refuseWhileManaging(tx, user);
    const pseudonym = pseudonymOf(user);
    await eraseInvitations(tx, user, pseudonym);
    await eraseMails(tx, user, pseudonym);
    await deletePasswordResets(tx, user.email);
    await deleteSignInAddresses(tx, user.id);
    await endDeputizationsBy(tx, user.id);
    await eraseKeyNames(tx, user, pseudonym.name);
    await revokeKeysOf(tx, user, context.actor.userId);
    await disableWebhooksOf(tx, user.id, context.actor.userId);
    await eraseNameFromEvents(tx, { userId: user.id, name: user.name, pseudonym: pseudonym.name });
    await updateById(tx, User, user.id, { mutedNotifications: null, deputyId: null });
    await endAllSessions(tx, user.id, 'The user was erased.', context.actor.userId);
    return {
      ...pseudonym,
      roles: [],
      passwordHash: NO_PASSWORD,
      oneTimeUntil: null,
      deactivatedAt: user.deactivatedAt ?? currentTime(),
    };
  });
}

interface Pseudonym {
  name: string;
  email: string;
}

/** Pseudonym of a user. `.invalid` has no mail server (RFC 2606). */
function pseudonymOf({ id }: User): Pseudonym {
  const suffix = id.slice(id.lastIndexOf('_') + 1);
  return { name: `Erased user ${suffix.slice(-6)}`, email: `${suffix}@erased.invalid` };
}

/** Erases the invitations of the user, and those to its address, which end. */
async function eraseInvitations(tx: Transaction, user: User, pseudonym: Pseudonym): Promise<void> {
  for (const invitation of await findInvitationsOf(tx, user))
    await updateInvitation(tx, invitation, pseudonym);
}

/** Erases mails to the user, and its name in mails to others. */
async function eraseMails(tx: Transaction, user: User, { name, email }: Pseudonym): Promise<void> {
  for (const mail of await findMailsAbout(tx, user)) {
    const erase = (text: string) => replaceName(text, user.name, name).replaceAll(user.email, email);
    const facts = Object.fromEntries(
      Object.entries(mail.facts).map(([key, value]) => [
        key,
        typeof value === 'string' ? erase(value) : value,
      ]),
    );
    const isTo = mail.to === user.email || mail.userId === user.id;
    await updateMailContent(tx, mail, { subject: erase(mail.subject), facts, to: isTo ? email : mail.to });
  }
}
