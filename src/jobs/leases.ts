import type { Logger } from 'pino';
import { type Database, reportFault } from '../database';
import { type Claimable, type JobTable, renew } from './claims';

/** A job that this process holds. */
export interface Held<T extends Claimable> {
  job: T;
  log: Logger;
  /** Ends the call that is out. */
  abort: AbortController;
  /** Until when the claim is known to hold, by this process's own clock, which does not jump. */
  holdsUntil: number;
  /** Ends the call that is out then. */
  expiry?: NodeJS.Timeout;
  done: Promise<void>;
}

/**
 * Renews claims while their work is under way, three times a lease. A claim that is lost, or that could not be renewed
 * before it ran out, aborts its call: somebody else may be at it by now.
 */
export class Leases<T extends Claimable> {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: Database,
    private readonly table: JobTable<T>,
    private readonly leaseMs: number,
    private readonly held: () => ReadonlySet<Held<T>>,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.renewAll(), this.leaseMs / 3);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Notes a claim that was made or renewed by a statement of the moment `askedAt`. */
  hold(held: Held<T>, askedAt: number): void {
    this.letGo(held);
    held.holdsUntil = askedAt + this.leaseMs;
    held.expiry = setTimeout(() => held.abort.abort(), held.holdsUntil - performance.now());
  }

  /** Forgets a claim whose work is done. */
  letGo({ expiry }: Held<T>): void {
    clearTimeout(expiry);
  }

  private renewAll(): void {
    for (const held of this.held()) void this.renewOne(held);
  }

  private async renewOne(held: Held<T>): Promise<void> {
    const askedAt = performance.now();
    try {
      if (!(await renew(this.db, this.table, held.job, this.leaseMs))) held.abort.abort();
      // The work may be done meanwhile.
      else if (this.held().has(held)) this.hold(held, askedAt);
    } catch (error) {
      reportFault(held.log, error, 'a claim could not be renewed');
    }
  }
}
