import type { Delivered } from '../facts';
import type { Message } from '../message';

/** Link to choose a new password. */
export const passwordReset = (_: object, { link }: Delivered): Message => ({
  subject: 'Choose a new password',
  paragraphs: [
    'Somebody requested a new password for this e-mail address.',
    { label: 'Choose a new password', link: link ?? '' },
    'The link works once, within one hour. Ignore this mail if you did not request it: your password stays the same.',
  ],
  reason: 'You get this mail because a new password was requested for your address.',
});
