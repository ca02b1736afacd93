import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage as isAway } from '../../database';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;

/** The database is away, or has just been: what failed will work again. */
export function isOutage(error: unknown): boolean {
  return isAway(error) || (error as { fatal?: boolean } | null)?.fatal === true;
}

/** Does `work` again and again while the database is away; what else it throws is thrown on. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error)) throw error;
      await sleep(pause);
    }
  }
}
