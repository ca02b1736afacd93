import { en } from './en';
import type { Delivered, Facts, TemplateName, Templates } from './facts';
import type { Message } from './message';

export type { Delivered, Facts, TemplateName } from './facts';
export { type Body, layOut } from './layout';

/** Templates by language, as BCP 47 tags. */
const languages: Readonly<Record<string, Templates>> = { en };

/** Language of a mail when the recipient has none, or one without templates. */
export const DEFAULT_LOCALE = 'en';

/** Maximum length of a subject, which is a column. */
const MAX_SUBJECT = 200;

/** Writes the message of a template in `locale`. The subject is one line. */
export function writeMessage<Name extends TemplateName>(
  name: Name,
  locale: string,
  facts: Facts[Name],
  delivered: Delivered = { link: null },
): Message {
  const templates = languages[locale] ?? en;
  const message = templates[name](facts, delivered);
  const subject = message.subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, MAX_SUBJECT);
  return { ...message, subject };
}
