import type { Delivered, Facts } from '../facts';
import type { Message } from '../message';
import { optionalReason } from './reason';
import { referenceLines } from './references';

type OrderFacts = Facts['order-completed'];

/** Template of a mail about the outcome of an order. */
const template =
  (outcome: string, sentence: (facts: OrderFacts) => string) =>
  (facts: OrderFacts, { link }: Delivered): Message => ({
    subject: `Order ${facts.number} ${outcome}`,
    paragraphs: [
      sentence(facts),
      ...referenceLines(facts.references),
      ...(link ? [{ label: 'Open the console', link }] : []),
    ],
    reason: optionalReason('you placed the order'),
  });

/** Order whose lines are all provisioned. */
export const orderCompleted = template(
  'is completed',
  ({ number, account }) => `Every service of order ${number} for ${account} is provisioned.`,
);

/** Order of which a part is provisioned. */
export const orderPartiallyCompleted = template(
  'is partially completed',
  ({ number, account }) =>
    `A part of order ${number} for ${account} is provisioned. An account manager has cancelled the rest, which could not be provisioned.`,
);

/** Order with a line that has failed. */
export const orderFailed = template(
  'has failed',
  ({ number, account }) =>
    `A service of order ${number} for ${account} could not be provisioned. An account manager can retry it.`,
);

/** Order of which nothing could be provisioned. */
export const orderAbandoned = template(
  'is cancelled',
  ({ number, account }) =>
    `Nothing of order ${number} for ${account} could be provisioned. An account manager has cancelled it.`,
);
