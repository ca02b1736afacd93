import { Refusal, simple } from '../../errors';
import type { Context } from '../context';

/** Returns what mails need. Refuses with MAIL_NOT_CONFIGURED without a mail server. */
export function requireMail({ mail }: Pick<Context, 'mail'>): NonNullable<Context['mail']> {
  if (mail) return mail;
  const message = 'This gateway has no mail server. Ask its operator to set SMTP_URL.';
  throw new Refusal([simple('MAIL_NOT_CONFIGURED', message)]);
}
