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
    private readonly held: () => Iterable<Held<T>>,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.renewAll(), this.leaseMs / 3);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** When a claim that is made or renewed now stops being certain. */
  holdsUntil(): number {
    return performance.now() + this.leaseMs;
  }

  private renewAll(): void {
    for (const held of this.held()) void this.renewOne(held);
  }

  private async renewOne(held: Held<T>): Promise<void> {
    const holdsUntil = this.holdsUntil();
    try {
      if (await renew(this.db, this.table, held.job, this.leaseMs)) held.holdsUntil = holdsUntil;
      else held.abort.abort();
    } catch (error) {
      reportFault(held.log, error, 'a claim could not be renewed');
    }
    if (performance.now() > held.holdsUntil) held.abort.abort();
  }
}
