import { currentTime } from '../clock';
import type { Database } from '../database';
import { type Mail, MailState } from '../entities';
import { CallNotPermitted, type Claim, Fenced, handleWorkError, type RetryPolicy } from '../jobs';
import { deleteClaimedMail, endMail, rescheduleMail } from '../store';
import { type ComposeContext, compose } from './compose';
import type { MailCounters } from './counters';
import { MailFault, type MailSender, type OutgoingMail } from './smtp';

/** Dependencies of a worker that delivers one mail, and its claim. */
export interface DeliverContext extends Claim, ComposeContext {
  db: Database;
  sender: MailSender;
  retries: RetryPolicy;
  counters: MailCounters;
}

/** Claims without a result after which a mail is a poison message. */
const MAX_CLAIMS = 10;

/** Delivers a claimed mail. Rejects with faults of the database only; after another error the claim expires. */
export async function deliver(mail: Mail, context: DeliverContext): Promise<void> {
  const { db, log, counters } = context;
  try {
    if (mail.claims > MAX_CLAIMS) {
      log.error('mail given up as a poison message');
      counters.failed += 1;
      return await end(db, mail, { state: MailState.FAILED, error: 'The mail could not be written.' });
    }
    const composed = await compose(mail, context);
    if (composed === 'nobody')
      return await fenced(
        db.transaction(tx => deleteClaimedMail(tx, mail)),
        mail,
      );
    if ('obsolete' in composed) {
      return await end(db, mail, { state: MailState.FAILED, error: composed.obsolete });
    }
    await attempt(mail, composed, context);
  } catch (error) {
    handleWorkError(error, log, 'mail could not be delivered; its claim expires by itself');
  }
}

async function attempt(mail: Mail, composed: OutgoingMail, context: DeliverContext): Promise<void> {
  const { db, lane, sender, counters, log } = context;
  const firstAttemptAt = mail.firstAttemptAt ?? currentTime();
  const tried = { attempts: mail.attempts + 1, firstAttemptAt };
  try {
    await context.makeCall(() => sender.send(composed, context.currentSignal()));
  } catch (error) {
    if (error instanceof CallNotPermitted) {
      return fenced(
        db.transaction(tx => rescheduleMail(tx, mail, lane.retryAfterMs)),
        mail,
      );
    }
    if (!(error instanceof MailFault)) throw error;
    return handleFault({ ...mail, ...tried }, error, context);
  }
  await end(db, mail, { state: MailState.SENT, sentAt: currentTime(), error: null, ...tried });
  counters.sent += 1;
  log.debug('mail sent');
}

async function handleFault(mail: Mail, fault: MailFault, context: DeliverContext): Promise<void> {
  const { db, retries, counters, log } = context;
  const { attempts, firstAttemptAt } = mail;
  // The gateway stops: the attempt does not count.
  if (context.currentSignal().aborted)
    return fenced(
      db.transaction(tx => rescheduleMail(tx, mail, 0)),
      mail,
    );
  const tried = { attempts, firstAttemptAt, error: fault.message };
  const delayMs = fault.isPermanent ? undefined : retries.delayMs(attempts, firstAttemptAt);
  counters.failedAttempts += 1;
  if (delayMs !== undefined) {
    log.info({ attempts, error: fault.message }, 'mail not accepted; it is retried');
    return fenced(
      db.transaction(tx => rescheduleMail(tx, mail, delayMs, tried)),
      mail,
    );
  }
  counters.failed += 1;
  log.warn({ attempts, error: fault.message }, 'mail given up');
  await end(db, mail, { state: MailState.FAILED, ...tried });
}

const end = (db: Database, mail: Mail, move: Parameters<typeof endMail>[2]) =>
  fenced(
    db.transaction(tx => endMail(tx, mail, move)),
    mail,
  );

/** Throws `Fenced` if the claim was lost. */
async function fenced(written: Promise<boolean>, { id, token }: Mail): Promise<void> {
  if (!(await written)) throw new Fenced(`The mail ${id} is no longer claimed with token ${token}`);
}
