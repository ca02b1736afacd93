import { setTimeout as sleep } from 'node:timers/promises';
import { isConflict, isOutage } from './faults';

/** Maximum number of restarts of a unit of work after conflicts. */
const MAX_RESTARTS = 8;
/** Maximum wait for an unavailable database, in milliseconds: several times what a cluster needs for a failover. */
const MAX_OUTAGE_MS = 10_000;
const MAX_PAUSE_MS = 250;

/** Limits of the restarts and waits of one unit of work. */
export class RetryBudget {
  private conflicts = 0;
  private pauses = 0;
  private unavailableSince: number | undefined;

  /** @param outageMs maximum wait for an unavailable database, in milliseconds. */
  constructor(private readonly outageMs = MAX_OUTAGE_MS) {}

  /** Resolves to whether to restart the unit of work after `error`. Waits before a restart. */
  async allowsRetry(error: unknown): Promise<boolean> {
    if (isConflict(error)) {
      this.conflicts += 1;
      if (this.conflicts > MAX_RESTARTS) return false;
      // With jitter, or the two would conflict again.
      await sleep(Math.random() * 5 * 2 ** Math.min(this.conflicts, 6));
      return true;
    }
    if (!isOutage(error)) return false;
    const now = performance.now();
    this.unavailableSince ??= now;
    if (now - this.unavailableSince > this.outageMs) return false;
    this.pauses += 1;
    await sleep((0.5 + Math.random() / 2) * Math.min(5 * 2 ** this.pauses, MAX_PAUSE_MS));
    return true;
  }
}

/** Retries `work` for up to `outageMs` of an outage: a process may start before its database. */
export async function retryDuringOutage<T>(work: () => Promise<T>, outageMs = MAX_OUTAGE_MS): Promise<T> {
  const budget = new RetryBudget(outageMs);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(await budget.allowsRetry(error))) throw error;
    }
  }
}
