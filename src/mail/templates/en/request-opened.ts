import type { Delivered, Facts } from '../facts';
import type { Message } from '../message';
import { optionalReason } from './reason';
import { referenceLines } from './references';
import { wordsFor } from './subject';

/** Cancellation request or change that waits for a decision of the recipient. */
export const requestOpened = (
  { subject, subscription, account, reason, references }: Facts['request-opened'],
  { link }: Delivered,
): Message => {
  const { noun, title } = wordsFor({ subject });
  return {
    subject: `${title} of ${subscription} requested`,
    paragraphs: [
      `${account} requests the ${noun} of ${subscription}. Decide on the request.`,
      ...(reason ? [`Reason: ${reason}`] : []),
      ...referenceLines(references),
      ...(link ? [{ label: 'Open the console', link }] : []),
    ],
    reason: optionalReason('you can decide on the request'),
  };
};
