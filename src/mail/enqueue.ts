import { typeid } from 'typeid-js';
import type { Transaction } from '../database';
import { MailLane } from '../entities';
import { insertMail } from '../store';
import { DEFAULT_LOCALE, type Facts, type TemplateName, writeMessage } from './templates';

/** Templates with a link for which a person waits. */
const LINKS: ReadonlySet<TemplateName> = new Set(['invitation', 'password-reset']);

/** Mail to queue. */
export interface MailOrder<Name extends TemplateName> {
  /** Id of the mail, so that a repeated transaction queues it once. Defaults to a new one. */
  id?: string;
  template: Name;
  facts: Facts[Name];
  /** Address of the recipient, in canonical form. */
  to: string;
  /** User who is the recipient. */
  userId?: string | null;
  /** Key of the cause and the recipient. A second mail with the same key is not queued. */
  cause?: string | null;
  locale?: string;
}

/** Creates the id of a mail. */
export const newMailId = (): string => typeid('mail').toString();

/** Queues a mail in the transaction of its cause. Resolves to its id. */
export async function enqueueMail<Name extends TemplateName>(
  tx: Transaction,
  {
    id = newMailId(),
    template,
    facts,
    to,
    userId = null,
    cause = null,
    locale = DEFAULT_LOCALE,
  }: MailOrder<Name>,
): Promise<string> {
  const { subject } = writeMessage(template, locale, facts);
  const lane = LINKS.has(template) ? MailLane.LINK : MailLane.NOTIFICATION;
  await insertMail(tx, { id, to, userId, subject, template, locale, facts, cause, lane });
  tx.touched.add('mails');
  return id;
}
