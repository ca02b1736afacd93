/** Paragraph of a mail: a sentence or several, or a link. */
export type Paragraph = string | { link: string; label: string };

/** Content of a mail in one language. Plain text: the layout escapes it. */
export interface Message {
  subject: string;
  paragraphs: readonly Paragraph[];
  /** Why the recipient gets the mail, and how to turn it off if that is possible. */
  reason: string;
}
