import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseFault } from '../../database';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;

/** Does `work` again and again while the database cannot do it; what else it throws is thrown on. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseFault(error)) throw error;
      await sleep(pause);
    }
  }
}
