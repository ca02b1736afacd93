import type { Delivered, Facts } from '../facts';
import type { Message, Paragraph } from '../message';

const HAS_USER =
  'Your address has a user already, and a user belongs to one organization. Sign in as usual, or ask the sender to invite another address.';

/** Invitation of a person. Without a link, the address has a user already. */
export function invitation({ invitedBy, organization }: Facts['invitation'], { link }: Delivered): Message {
  const next: Paragraph[] = link
    ? [
        { label: 'Accept the invitation', link },
        'The invitation is valid for seven days, and once. Ignore this mail if you do not know the sender.',
      ]
    : [HAS_USER];
  return {
    subject: `Invitation to ${organization}`,
    paragraphs: [`${invitedBy} invites you to ${organization}.`, ...next],
    reason: `You get this mail because ${invitedBy} entered your address.`,
  };
}
