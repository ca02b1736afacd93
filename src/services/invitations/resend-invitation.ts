import { Invitation } from '../../entities';
import { record } from '../../events';
import { updateById } from '../../store';
import type { ActorContext } from '../context';
import { editInvitation } from './edit-invitation';
import { requireMail } from './require-mail';
import { newSending, sendInvitation } from './send-invitation';

/** Sends an invitation again, with a new link that is valid for another week. The previous link ends. */
export async function resendInvitation(context: ActorContext, invitationId: string): Promise<string> {
  requireMail(context);
  const { userId } = context.actor;
  const sending = newSending();
  return editInvitation(context, 'resendInvitation', invitationId, async (tx, invitation) => {
    await updateById(tx, Invitation, invitationId, await sendInvitation(tx, invitation, userId, sending));
    const { accountId, resellerId } = invitation;
    record(tx, {
      type: 'invitation.sent',
      message: 'An invitation was sent again.',
      ...{ userId, accountId, resellerId, data: { invitationId } },
    });
  });
}
