import type { Delivered, Facts } from '../facts';
import type { Message } from '../message';
import { optionalReason } from './reason';
import { referenceLines } from './references';

/** Cancellation request that waits for a decision of the recipient. */
export const requestOpened = (
  { subscription, account, reason, references }: Facts['request-opened'],
  { link }: Delivered,
): Message => ({
  subject: `Cancellation of ${subscription} requested`,
  paragraphs: [
    `${account} requests the cancellation of ${subscription}. Decide on the request.`,
    ...(reason ? [`Reason: ${reason}`] : []),
    ...referenceLines(references),
    ...(link ? [{ label: 'Open the console', link }] : []),
  ],
  reason: optionalReason('you can decide on the request'),
});
