import { currentTime } from '../clock';
import type { Database } from '../database';
import { Invitation, InvitationState, type Mail, PasswordReset } from '../entities';
import { findActorOfEmail, findById, findPerson } from '../store';
import type { LinkTokens } from './link-tokens';
import type { Links } from './links';
import type { OutgoingMail } from './smtp';
import { type Facts, layOut, type TemplateName, writeMessage } from './templates';

/** Dependencies of the content of a mail. */
export interface ComposeContext {
  db: Database;
  tokens: LinkTokens;
  links: Links;
  /** Domain of the sender, for the Message-ID. */
  domain: string;
  /** Whether users sign in at an OpenID Connect issuer, which then also accepts their invitations. */
  usesIssuer: boolean;
}

/** Result: a link, the reason why the mail is not sent, or that nobody has the address. */
type Prepared = { link: string | null } | { obsolete: string } | 'nobody';

/** Content of a mail at the time of its delivery. */
export type Composed = OutgoingMail | { obsolete: string } | 'nobody';

/** Writes a mail from its template. Links get their tokens here, so that only the mail has them. */
export async function compose(mail: Mail, context: ComposeContext): Promise<Composed> {
  const template = mail.template as TemplateName;
  const facts = mail.facts as unknown as Facts[TemplateName];
  const prepared = await prepare(mail, context);
  if (prepared === 'nobody' || 'obsolete' in prepared) return prepared;
  const message = writeMessage(template, mail.locale, facts as never, prepared);
  const messageId = `<${mail.id}.${mail.sendings}@${context.domain}>`;
  return { to: mail.to, subject: message.subject, messageId, ...layOut(message, mail.locale) };
}

function prepare({ template, facts }: Mail, context: ComposeContext): Promise<Prepared> | Prepared {
  if (template === 'invitation') return prepareInvitation(String(facts.invitationId), context);
  if (template === 'password-reset') return prepareReset(String(facts.resetId), context);
  return { link: context.links.console() };
}

async function prepareInvitation(id: string, context: ComposeContext): Promise<Prepared> {
  const { db, tokens, links, usesIssuer } = context;
  const invitation = await findById(db, Invitation, id);
  if (invitation?.state !== InvitationState.PENDING) return { obsolete: 'The invitation is no longer open.' };
  if (invitation.expiresAt <= currentTime()) return { obsolete: 'The invitation has expired.' };
  if (await findPerson(db, invitation.email)) return { link: null };
  return { link: links.invitation(usesIssuer ? null : tokens.tokenOf('sbi', invitation)) };
}

async function prepareReset(id: string, { db, tokens, links }: ComposeContext): Promise<Prepared> {
  const reset = await findById(db, PasswordReset, id);
  if (!reset || reset.usedAt || reset.expiresAt <= currentTime())
    return { obsolete: 'The link has expired.' };
  // Looked up here and not by the request, whose duration would tell whether the address has a user.
  if (!(await findActorOfEmail(db, reset.email))) return 'nobody';
  return { link: links.reset(tokens.tokenOf('sbp', reset)) };
}
