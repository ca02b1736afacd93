import { setTimeout as sleep } from 'node:timers/promises';
import { isConflict, isLockTimeout, isOutage } from './faults';

/** How often a unit of work is begun again because another one was in its way. */
const RESTARTS = 8;
/** How long a database that is away is waited for: some times what a cluster takes to do without a node that died. */
const OUTAGE_MS = 10_000;
const LONGEST_PAUSE_MS = 250;

/** What one unit of work has put up with so far. */
export class Patience {
  private conflicts = 0;
  private pauses = 0;
  private awaySince: number | undefined;

  /** Waits a little and resolves to true where the unit of work shall be begun again after `error`, else to false. */
  async allows(error: unknown): Promise<boolean> {
    if (isConflict(error) || isLockTimeout(error)) {
      this.conflicts += 1;
      if (this.conflicts > RESTARTS) return false;
      // At random, or the two would meet again.
      await sleep(Math.random() * 5 * 2 ** Math.min(this.conflicts, 6));
      return true;
    }
    if (!isOutage(error)) return false;
    const now = performance.now();
    this.awaySince ??= now;
    if (now - this.awaySince > OUTAGE_MS) return false;
    this.pauses += 1;
    await sleep((0.5 + Math.random() / 2) * Math.min(5 * 2 ** this.pauses, LONGEST_PAUSE_MS));
    return true;
  }
}

/** Does `work`, again and again while the database is away, up to a bound: a process may start before its database. */
export async function whenThere<T>(work: () => Promise<T>): Promise<T> {
  const patience = new Patience();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(await patience.allows(error))) throw error;
    }
  }
}
