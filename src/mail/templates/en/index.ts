import type { Templates } from '../facts';
import { invitation } from './invitation';
import { newSignIn } from './new-sign-in';
import { orderAbandoned, orderCompleted, orderFailed, orderPartiallyCompleted } from './order-outcome';
import { passwordReset } from './password-reset';
import { requestDecided } from './request-decided';
import { requestOpened } from './request-opened';
import { requestOverdue } from './request-overdue';

/** Templates in English. */
export const en: Templates = {
  invitation,
  'password-reset': passwordReset,
  'request-opened': requestOpened,
  'request-overdue': requestOverdue,
  'request-decided': requestDecided,
  'order-completed': orderCompleted,
  'order-partially-completed': orderPartiallyCompleted,
  'order-failed': orderFailed,
  'order-abandoned': orderAbandoned,
  'new-sign-in': newSignIn,
};
