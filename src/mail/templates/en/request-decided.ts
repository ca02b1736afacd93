import type { Delivered, Facts } from '../facts';
import type { Message } from '../message';
import { optionalReason } from './reason';
import { referenceLines } from './references';
import { wordsFor } from './subject';

/** Decision on a cancellation request or a change, for its requester. */
export const requestDecided = (
  { subject, subscription, accepted, note, references }: Facts['request-decided'],
  { link }: Delivered,
): Message => {
  const { noun, title, verb } = wordsFor({ subject });
  return {
    subject: `${title} of ${subscription} ${accepted ? 'accepted' : 'rejected'}`,
    paragraphs: [
      accepted
        ? `Your request to ${verb} ${subscription} was accepted.`
        : `Your request to ${verb} ${subscription} was rejected. The subscription continues.`,
      ...(note ? [`Note: ${note}`] : []),
      ...referenceLines(references),
      ...(link ? [{ label: 'Open the console', link }] : []),
    ],
    reason: optionalReason(`you requested the ${noun}`),
  };
};
