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

export const Notification = defineEnum('Notification', 'Mail that a user can turn off.', {
  CANCELLATION_REQUESTED: 'A cancellation was requested that the user can decide on.',
  CHANGE_REQUESTED: 'A change of a subscription was requested that the user can decide on.',
  REQUEST_DECIDED: 'A request of the user was decided.',
  ORDER_COMPLETED: 'An order that the user placed is completed, or partially completed.',
  ORDER_FAILED: 'An order that the user placed has failed, or was cancelled after that.',
});
export type Notification = keyof typeof Notification;
