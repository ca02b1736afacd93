import type { References } from '../../store';
import type { Message } from './message';

/** References of other systems for the recipient of a mail. Absent for an end customer. */
type Referring = { references?: References };

/** Subject of a decision. Absent from mails that the version before has queued, which were about cancellations. */
type DecisionSubject = 'cancellation' | 'change' | undefined;

/** Values that each template needs. Stored with the mail, so never a token. */
export interface Facts {
  invitation: { invitationId: string; invitedBy: string; organization: string };
  'password-reset': { resetId: string };
  'request-opened': Referring & {
    subject: DecisionSubject;
    requestId: string;
    subscription: string;
    account: string;
    reason: string | null;
  };
  'request-overdue': Facts['request-opened'] & { hours: number };
  'request-decided': Referring & {
    subject: DecisionSubject;
    subscription: string;
    accepted: boolean;
    note: string | null;
  };
  'order-completed': Referring & { number: string; account: string };
  'order-partially-completed': Facts['order-completed'];
  'order-failed': Facts['order-completed'];
  'order-abandoned': Facts['order-completed'];
  'new-sign-in': { address: string; at: string };
}

/** Name of a template. */
export type TemplateName = keyof Facts;

/** Values that a template gets at delivery, besides its facts. */
export interface Delivered {
  /** Link for the recipient, with a token where it needs one. Null without a link. */
  link: string | null;
}

/** Templates of one language. */
export type Templates = {
  readonly [Name in TemplateName]: (facts: Facts[Name], delivered: Delivered) => Message;
};
