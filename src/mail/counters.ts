/** Counters of the mails of this process since its start, for the metrics. */
export interface MailCounters {
  /** Mails that the mail server accepted. */
  sent: number;
  /** Attempts that the mail server did not accept. */
  failedAttempts: number;
  /** Mails that were given up. */
  failed: number;
}

/** New counters, all zero. */
export const newMailCounters = (): MailCounters => ({ sent: 0, failedAttempts: 0, failed: 0 });
