import type { Delivered, Facts } from '../facts';
import type { Message, Paragraph } from '../message';
import { optionalReason } from './reason';
import { referenceLines } from './references';

const linkTo = (label: string, { link }: Delivered): Paragraph[] => (link ? [{ label, link }] : []);

/** Order whose lines are all provisioned. */
export const orderCompleted = (
  { number, account, references }: Facts['order-completed'],
  delivered: Delivered,
): Message => ({
  subject: `Order ${number} is completed`,
  paragraphs: [
    `Every service of order ${number} for ${account} is provisioned.`,
    ...referenceLines(references),
    ...linkTo('Open the console', delivered),
  ],
  reason: optionalReason('you placed the order'),
});

/** Order with a line that has failed. */
export const orderFailed = (
  { number, account, references }: Facts['order-failed'],
  delivered: Delivered,
): Message => ({
  subject: `Order ${number} has failed`,
  paragraphs: [
    `A service of order ${number} for ${account} could not be provisioned. An account manager can retry it.`,
    ...referenceLines(references),
    ...linkTo('Open the console', delivered),
  ],
  reason: optionalReason('you placed the order'),
});
