import type { Logger } from 'pino';
import { Mail } from '../entities';
import { exponentialBackoff, type JobTable, JobWorker, type LaneLimits, type RetryBounds } from '../jobs';
import type { ComposeContext } from './compose';
import type { MailCounters } from './counters';
import { deliver } from './deliver';
import { MailFault, type MailSender } from './smtp';

const MAILS: JobTable<Mail> = { entity: Mail, name: 'mails', lane: 'lane' };

/** Longest pause between two polls for due mails, in milliseconds. A commit in this process wakes the worker earlier. */
const MAX_IDLE_MS = 5000;

/** Attempts for two days, enough for an outage over a weekend day; then the mail is FAILED. */
const defaultRetryBounds: RetryBounds = {
  firstMs: 2000,
  maxMs: 900_000,
  maxAttempts: Number.POSITIVE_INFINITY,
  totalMs: 48 * 3_600_000,
};

const defaultLimits: LaneLimits = { slots: 8, failureThreshold: 5, openMs: 5000 };

/** Options for tests. */
export interface MailTuning {
  retries?: RetryBounds;
  limits?: LaneLimits;
}

/** Options of a mail worker. */
export interface MailWorkerOptions extends MailTuning, ComposeContext {
  sender: MailSender;
  counters: MailCounters;
  log: Logger;
  leaseMs: number;
  drainMs: number;
  forceStop?: AbortSignal;
}

/** Creates the worker that delivers mails, in a lane for links and one for notifications. */
export function createMailWorker(options: MailWorkerOptions): JobWorker<Mail> {
  const { db, log, leaseMs, drainMs, forceStop, limits = defaultLimits } = options;
  const retries = exponentialBackoff(options.retries ?? defaultRetryBounds);
  return new JobWorker({
    db,
    log,
    leaseMs,
    drainMs,
    ...(forceStop && { forceStop }),
    table: MAILS,
    topic: 'mails',
    idleMs: MAX_IDLE_MS,
    lanes: {
      limits,
      countsAsFailure: error => error instanceof MailFault && !error.isPermanent,
      onCircuitChange: (lane, open) =>
        log.warn(
          { lane },
          open ? 'circuit breaker of the mail server opened' : 'circuit breaker of the mail server closed',
        ),
    },
    logFields: ({ id, template }) => ({ mail: id, template }),
    run: (mail, claim) => deliver(mail, { ...options, ...claim, retries }),
  });
}
