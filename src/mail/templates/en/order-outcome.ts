import type { Delivered, Facts } from '../facts';
import type { Message, Paragraph } from '../message';
import { optionalReason } from './reason';

const linkTo = (label: string, { link }: Delivered): Paragraph[] => (link ? [{ label, link }] : []);

/** Order whose lines are all provisioned. */
export const orderCompleted = (
  { number, account }: Facts['order-completed'],
  delivered: Delivered,
): Message => ({
  subject: `Order ${number} is completed`,
  paragraphs: [
    `Every service of order ${number} for ${account} is provisioned.`,
    ...linkTo('Open the console', delivered),
  ],
  reason: optionalReason('you placed the order'),
});

/** Order with a line that has failed. */
export const orderFailed = ({ number, account }: Facts['order-failed'], delivered: Delivered): Message => ({
  subject: `Order ${number} has failed`,
  paragraphs: [
    `A service of order ${number} for ${account} could not be provisioned. An account manager can retry it.`,
    ...linkTo('Open the console', delivered),
  ],
  reason: optionalReason('you placed the order'),
});
