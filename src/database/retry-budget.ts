import { setTimeout as sleep } from 'node:timers/promises';
import { isConflict, isOutage } from './faults';

/** Restarts of a unit of work after conflicts with others. */
const MAX_RESTARTS = 8;
/** Time to wait for a database that is away: several times what a cluster takes to replace a node. */
const MAX_OUTAGE_MS = 10_000;
const MAX_PAUSE_MS = 250;

/** Restarts and waits of one unit of work, within bounds. */
export class RetryBudget {
  private conflicts = 0;
  private pauses = 0;
  private awaySince: number | undefined;

  /** @param outageMs time to wait for a database that is away. */
  constructor(private readonly outageMs = MAX_OUTAGE_MS) {}

  /** Resolves to whether the unit of work is restarted after `error`, after a pause if it is. */
  async allowsRetry(error: unknown): Promise<boolean> {
    if (isConflict(error)) {
      this.conflicts += 1;
      if (this.conflicts > MAX_RESTARTS) return false;
      // At random, or the two would meet again.
      await sleep(Math.random() * 5 * 2 ** Math.min(this.conflicts, 6));
      return true;
    }
    if (!isOutage(error)) return false;
    const now = performance.now();
    this.awaySince ??= now;
    if (now - this.awaySince > this.outageMs) return false;
    this.pauses += 1;
    await sleep((0.5 + Math.random() / 2) * Math.min(5 * 2 ** this.pauses, MAX_PAUSE_MS));
    return true;
  }
}

/** Repeats `work` while the database is away, for up to `outageMs`: a process may start before its database. */
export async function retryDuringOutage<T>(work: () => Promise<T>, outageMs = MAX_OUTAGE_MS): Promise<T> {
  const patience = new RetryBudget(outageMs);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(await patience.allowsRetry(error))) throw error;
    }
  }
}
