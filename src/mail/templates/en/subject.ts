import type { Facts } from '../facts';

/** What the mail is about, as a noun and as a verb. */
export const wordsFor = ({ subject = 'cancellation' }: Pick<Facts['request-opened'], 'subject'>) =>
  subject === 'cancellation'
    ? { noun: 'cancellation', title: 'Cancellation', verb: 'cancel' }
    : { noun: 'change', title: 'Change', verb: 'change' };
