import type { Facts } from '../facts';

/** Words for the subject of a decision, as a noun and as a verb. */
export const wordsFor = ({ subject = 'cancellation' }: Pick<Facts['request-opened'], 'subject'>) =>
  subject === 'cancellation'
    ? { noun: 'cancellation', title: 'Cancellation', verb: 'cancel' }
    : { noun: 'change', title: 'Change', verb: 'change' };
