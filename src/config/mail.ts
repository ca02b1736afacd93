import { z } from 'zod';
import { ConfigError } from './config-error';
import { integer, setting, url } from './setting';

const page = () => url('http:', 'https:').optional().meta({ values: '`http://…` or `https://…`' });

/** `address`, or `Name <address>`, on one line. */
const SENDER = /^(?:[^<>@\p{Cc}]+ )?<[^\s<>@]+@[\w.-]+>$|^[^\s<>@]+@[\w.-]+$/u;

const sender = z
  .string()
  .regex(SENDER, { error: 'must be an address, or `Name <address>`' })
  .prefault('Skybasket <no-reply@localhost>')
  .meta({
    values: 'an address, or `Name <address>`',
    defaultValue: 'Skybasket <no-reply@localhost>',
  });

/** Schema of the mail settings. */
export function mailSettings() {
  return {
    SMTP_URL: setting(
      url('smtp:', 'smtps:').optional().meta({ values: '`smtp://…` or `smtps://…`' }),
      'URL of the mail server, with user name and password. `smtp:` uses STARTTLS where the server offers it; `?requireTLS=true` requires it. Without it, mutations that send mail fail with MAIL_NOT_CONFIGURED. `npm start` starts a mail catcher.',
    ),
    MAIL_FROM: setting(sender, 'Sender of mails: an address, or `Name <address>`.'),
    PUBLIC_URL: setting(
      page(),
      'URL under which browsers reach the gateway, for links in mails. Required with SMTP_URL in production. Defaults to the address that the gateway listens on.',
    ),
    INVITATION_URL: setting(
      page(),
      'URL of a page that accepts invitations. Links add the query parameter `token`. Defaults to the page of the gateway.',
    ),
    RESET_URL: setting(
      page(),
      'URL of a page that resets passwords. Links add the query parameter `token`. Defaults to the page of the gateway.',
    ),
    MAIL_TIMEOUT_MS: setting(
      integer(100, 300_000, 30_000),
      'Deadline of the delivery of one mail to the mail server, in milliseconds.',
    ),
    DEPUTY_AFTER_HOURS: setting(
      integer(1, 8760, 24),
      'Hours after which an undecided request is sent again: to the deputy of the account manager, or to the reseller that it awaits.',
    ),
    ADMINISTRATORS_AFTER_HOURS: setting(
      integer(1, 8760, 48),
      'Hours after which an undecided request is sent to the administrators, or to the account manager if it awaits a reseller. Administrators then get it after the hours of both settings.',
    ),
    MAIL_RETENTION_DAYS: setting(
      integer(1, 3650, 90),
      'Days for which mails are stored after they were queued.',
    ),
  };
}

type Values = z.output<z.ZodObject<ReturnType<typeof mailSettings>>>;

/** Converts the environment to mail settings. `server` is null without a mail server. */
export function toMail(value: Values, production: boolean) {
  const { SMTP_URL: server, PUBLIC_URL: publicUrl } = value;
  if (server && production && !publicUrl) {
    throw new ConfigError('PUBLIC_URL has to be set, because SMTP_URL is: links in mails need it.');
  }
  return {
    server: server ?? null,
    from: value.MAIL_FROM,
    publicUrl: publicUrl ?? null,
    invitationUrl: value.INVITATION_URL ?? null,
    resetUrl: value.RESET_URL ?? null,
    timeoutMs: value.MAIL_TIMEOUT_MS,
    escalation: { deputy: value.DEPUTY_AFTER_HOURS, administrators: value.ADMINISTRATORS_AFTER_HOURS },
    retentionDays: value.MAIL_RETENTION_DAYS,
  };
}
