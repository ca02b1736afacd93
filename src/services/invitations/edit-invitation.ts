import type { Transaction } from '../../database';
import { Account, Invitation, InvitationState } from '../../entities';
import { notFound, Refusal, simple } from '../../errors';
import { type Action, authorize } from '../../policies';
import { findById, lockInvitation, lockVisible } from '../../store';
import type { ActorContext } from '../context';
import { lockActor } from '../identity/lock';
import { refuseGrant } from './invite-user';

/** Runs `work` on a locked invitation that is open, for a caller who could send it. Resolves to its id. */
export async function editInvitation(
  { db, actor }: ActorContext,
  action: Action,
  invitationId: string,
  work: (tx: Transaction, invitation: Invitation) => Promise<void>,
): Promise<string> {
  authorize(actor, action);
  await db.transaction(async tx => {
    const current = await lockActor(tx, actor, action);
    if (!(await lockVisible(tx, current, Invitation, invitationId)))
      throw new Refusal([notFound('invitation', ['invitationId'])]);
    const invitation = await lockInvitation(tx, invitationId);
    if (!invitation) throw new Error(`${invitationId} is missing`);
    const account = invitation.accountId ? await findById(tx, Account, invitation.accountId) : null;
    refuseGrant(current, account, invitation.roles);
    if (action === 'revokeInvitation' && invitation.state === InvitationState.REVOKED) return;
    if (invitation.state !== InvitationState.PENDING) {
      const message = `The invitation is ${invitation.state}. Only a pending or expired one can be changed.`;
      throw new Refusal([simple('INVALID_STATE', message, ['invitationId'])]);
    }
    await work(tx, invitation);
  });
  return invitationId;
}
