import type { Delivered, Facts } from '../facts';
import type { Message } from '../message';
import { optionalReason } from './reason';
import { referenceLines } from './references';

/** Cancellation request that nobody has decided on for some hours. */
export const requestOverdue = (
  { subscription, account, hours, references }: Facts['request-overdue'],
  { link }: Delivered,
): Message => ({
  subject: `Cancellation of ${subscription} waits for a decision`,
  paragraphs: [
    `${account} requested the cancellation of ${subscription} more than ${hours} hours ago, and nobody has decided.`,
    ...referenceLines(references),
    ...(link ? [{ label: 'Open the console', link }] : []),
  ],
  reason: optionalReason('you can decide on the request'),
});
