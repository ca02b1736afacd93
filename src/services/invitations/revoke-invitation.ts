import { Invitation, InvitationState } from '../../entities';
import { transition } from '../../store';
import type { ActorContext } from '../context';
import { editInvitation } from './edit-invitation';

/** Revokes an invitation. Its link ends. Does nothing if it is revoked. */
export function revokeInvitation(context: ActorContext, invitationId: string): Promise<string> {
  const { userId } = context.actor;
  return editInvitation(context, 'revokeInvitation', invitationId, async (tx, { accountId, resellerId }) => {
    const event = {
      type: 'invitation.revoked',
      message: 'An invitation was revoked.',
      ...{ userId, accountId, resellerId, data: { invitationId } },
    } as const;
    await transition(tx, Invitation, invitationId, { state: InvitationState.REVOKED }, { event });
  });
}
