import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseFault } from '../../database';

const INITIAL_DELAY_MS = 50;
const MAX_DELAY_MS = 1000;

/** Does `work` again and again while the database cannot do it; what else it throws is thrown on. */
export async function retryUntilAvailable<T>(work: () => Promise<T>): Promise<T> {
  for (let pause = INITIAL_DELAY_MS; ; pause = Math.min(2 * pause, MAX_DELAY_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseFault(error)) throw error;
      await sleep(pause);
    }
  }
}
