import type { Delivered, Facts } from '../facts';
import type { Message } from '../message';
import { optionalReason } from './reason';
import { referenceLines } from './references';
import { wordsFor } from './subject';

/** Cancellation request or change that nobody has decided on for some hours. */
export const requestOverdue = (
  { subject, subscription, account, hours, references }: Facts['request-overdue'],
  { link }: Delivered,
): Message => {
  const { noun, title } = wordsFor({ subject });
  return {
    subject: `${title} of ${subscription} waits for a decision`,
    paragraphs: [
      `${account} requested the ${noun} of ${subscription} more than ${hours} hours ago, and nobody has decided.`,
      ...referenceLines(references),
      ...(link ? [{ label: 'Open the console', link }] : []),
    ],
    reason: optionalReason('you can decide on the request'),
  };
};
