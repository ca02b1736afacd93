import type { Delivered, Facts } from '../facts';
import type { Message } from '../message';
import { optionalReason } from './reason';
import { referenceLines } from './references';

/** Decision on a cancellation request, for its requester. */
export const requestDecided = (
  { subscription, accepted, note, references }: Facts['request-decided'],
  { link }: Delivered,
): Message => ({
  subject: `Cancellation of ${subscription} ${accepted ? 'accepted' : 'rejected'}`,
  paragraphs: [
    accepted
      ? `Your request to cancel ${subscription} was accepted.`
      : `Your request to cancel ${subscription} was rejected. The subscription continues.`,
    ...(note ? [`Note: ${note}`] : []),
    ...referenceLines(references),
    ...(link ? [{ label: 'Open the console', link }] : []),
  ],
  reason: optionalReason('you requested the cancellation'),
});
