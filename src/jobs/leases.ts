import type { Logger } from 'pino';
import { type Database, reportFault } from '../database';
import { type Claimable, type JobTable, renewClaim } from './claims';

/** Job that this process has claimed. */
export interface ClaimedJob<T extends Claimable> {
  job: T;
  log: Logger;
  /** Aborts the call in flight. */
  abort: AbortController;
  /** End of the lease, by the monotonic clock of this process. */
  leaseEndsAt: number;
  /** Aborts the call in flight at `leaseEndsAt`. */
  expiry?: NodeJS.Timeout;
  done: Promise<void>;
}

/** Renews claims three times per lease. Aborts the call of one that is lost: another worker may have the job. */
export class Leases<T extends Claimable> {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: Database,
    private readonly table: JobTable<T>,
    private readonly leaseMs: number,
    private readonly claimed: () => ReadonlySet<ClaimedJob<T>>,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.renewAll(), this.leaseMs / 3);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Extends the lease in memory after a claim or renewal that was sent at `sentAt`. */
  extend(claimed: ClaimedJob<T>, sentAt: number): void {
    this.forget(claimed);
    claimed.leaseEndsAt = sentAt + this.leaseMs;
    claimed.expiry = setTimeout(() => claimed.abort.abort(), claimed.leaseEndsAt - performance.now());
  }

  /** Returns the signal of a claim, aborted if its lease has ended. */
  signalOf({ abort, leaseEndsAt }: ClaimedJob<T>): AbortSignal {
    if (performance.now() >= leaseEndsAt) abort.abort();
    return abort.signal;
  }

  /** Stops the expiry of a claim whose work is done. */
  forget({ expiry }: ClaimedJob<T>): void {
    clearTimeout(expiry);
  }

  private renewAll(): void {
    for (const claimed of this.claimed()) void this.renewOne(claimed);
  }

  private async renewOne(claimed: ClaimedJob<T>): Promise<void> {
    const sentAt = performance.now();
    try {
      if (!(await renewClaim(this.db, this.table, claimed.job, this.leaseMs))) claimed.abort.abort();
      // The work may have ended during the renewal.
      else if (this.claimed().has(claimed)) this.extend(claimed, sentAt);
    } catch (error) {
      reportFault(claimed.log, error, 'claim could not be renewed');
    }
  }
}
