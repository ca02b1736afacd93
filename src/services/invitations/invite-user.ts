import { typeid } from 'typeid-js';
import { z } from 'zod';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import { Account, Invitation, InvitationState, type Role } from '../../entities';
import { forbidden, notFound, Refusal, simple } from '../../errors';
import { record } from '../../events';
import { type Actor, authorize, grantableRoles, isAdministrator } from '../../policies';
import { insertInto, lockVisible } from '../../store';
import { refuseRoles } from '../administration/users/set-user-roles';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { lockActor } from '../identity/lock';
import { emailAddress, idempotencyKey, parseInput, singleLine } from '../input';
import { requireMail } from './require-mail';
import { newSending, sendInvitation } from './send-invitation';

/** Input of `inviteUser`. */
export interface InviteUserInput {
  accountId?: string | null;
  email: string;
  name: string;
  roles: readonly Role[];
  idempotencyKey: string;
}

const invitationInput = z.object({
  idempotencyKey,
  name: singleLine('The name', 100),
  email: emailAddress,
  roles: z.array(z.string()).min(1, { error: 'A user needs a role' }),
});

/**
 * Invites a person by mail. An address that has a user gets an invitation like any other: only the mail tells its owner.
 * Resolves to the id of the invitation.
 */
export async function inviteUser(context: ActorContext, input: InviteUserInput): Promise<string> {
  const { actor } = context;
  authorize(actor, 'inviteUser');
  requireMail(context);
  const { idempotencyKey: key, name, email } = parseInput(invitationInput, input);
  const roles = [...new Set(input.roles)];
  const id = typeid('inv').toString();
  const sending = newSending();
  return once(context, 'inviteUser', key, input, commit =>
    commit(id, async tx => {
      const current = await lockActor(tx, actor, 'inviteUser');
      const account = await lockInvitedAccount(tx, current, input.accountId ?? null);
      refuseRoles(roles, account);
      refuseGrant(current, account, roles);
      const accountId = account?.id ?? null;
      const sent = await sendInvitation(tx, { id, email, accountId }, actor.userId, sending);
      await insertInto(tx, Invitation, {
        ...{ id, email, name, roles, accountId, ...sent },
        resellerId: account?.resellerId ?? null,
        userId: null,
        invitedById: actor.userId,
        state: InvitationState.PENDING,
        createdAt: currentTime(),
      });
      record(tx, {
        type: 'invitation.sent',
        message: `A person was invited: ${roles.join(', ')}.`,
        userId: actor.userId,
        accountId,
        resellerId: account?.resellerId ?? null,
        data: { invitationId: id },
      });
    }),
  );
}

/** Locks the account of the invited person. Null for BSS staff, which administrators invite. */
async function lockInvitedAccount(
  tx: Transaction,
  actor: Actor,
  accountId: string | null,
): Promise<Account | null> {
  const id = accountId ?? actor.accountId;
  if (id === null) {
    if (isAdministrator(actor)) return null;
    throw new Refusal([forbidden('Only administrators invite staff. Set `accountId`.')]);
  }
  const account = await lockVisible(tx, actor, Account, id);
  if (!account) throw new Refusal([notFound('account', ['accountId'])]);
  if (account.active) return account;
  throw new Refusal([
    simple('INVALID_STATE', `${account.name} is deactivated. Activate it first.`, ['accountId']),
  ]);
}

/** Refuses roles that `actor` cannot grant to users of the account. */
export function refuseGrant(actor: Actor, account: Account | null, roles: readonly Role[]): void {
  const grantable = grantableRoles(actor, account);
  if (roles.every(role => grantable.includes(role))) return;
  const message =
    grantable.length > 0
      ? `You can invite users with these roles: ${grantable.join(', ')}.`
      : 'You cannot invite users of this account.';
  throw new Refusal([simple('FORBIDDEN', message, ['roles'])]);
}
