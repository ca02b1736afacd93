import { defineEnum } from './define-enum';

export const MailState = defineEnum('MailState', 'State of a mail.', {
  PENDING: 'Waiting for the mail server, or for the next attempt.',
  SENT: 'Accepted by the mail server.',
  FAILED: 'Given up. See the error. `resendMail` sends it again.',
});
export type MailState = keyof typeof MailState;

/** Lane of a mail. Not in the schema. A flood of notifications does not delay a link for which a person waits. */
export enum MailLane {
  LINK = 'LINK',
  NOTIFICATION = 'NOTIFICATION',
}

export const InvitationState = defineEnum('InvitationState', 'State of an invitation.', {
  PENDING: 'Waiting for the invited person.',
  ACCEPTED: 'Accepted. The user exists.',
  REVOKED: 'Revoked. The link is no longer valid.',
  EXPIRED: 'Not accepted in time. `resendInvitation` extends it.',
});
export type InvitationState = keyof typeof InvitationState;
