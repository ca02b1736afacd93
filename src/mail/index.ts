export { type MailCounters, newMailCounters } from './counters';
export { enqueueMail, newMailId } from './enqueue';
export { idOfToken, LinkTokens, newNonce } from './link-tokens';
export { Links } from './links';
export { escalateRequests } from './notify/escalation';
export { Notifier } from './notify/notifier';
export { removeOldMails } from './retention';
export { createMailSender, senderDomain } from './smtp';
export { createMailWorker, type MailTuning } from './worker';
