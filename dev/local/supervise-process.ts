import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log';

const RESTART_DELAY_MS = 500;

/** Process that can end by itself. */
export interface RestartableProcess {
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

/** Process that is restarted whenever it ends by itself. */
export interface SupervisedProcess<T> {
  readonly first: T;
  stop(): Promise<void>;
}

/** Starts a process, and restarts it whenever it ends by itself. `launch` gets the previous one, for its address. */
export async function superviseProcess<T extends RestartableProcess>(
  name: string,
  launch: (before?: T) => Promise<T>,
  log: Log,
): Promise<SupervisedProcess<T>> {
  const first = await launch();
  const stopping = new AbortController();
  let current = first;

  const again = async () => {
    while (!stopping.signal.aborted) {
      await sleep(RESTART_DELAY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        current = await launch(current);
        return;
      } catch (error) {
        log(`${name} could not be restarted: ${(error as Error).message}`);
      }
    }
  };
  const watch = async () => {
    while (!stopping.signal.aborted) {
      const how = await current.exited;
      if (stopping.signal.aborted) return;
      log(`${name} ended by itself (${how}) and is started again.`);
      await again();
    }
  };
  const watching = watch();

  const stop = async () => {
    stopping.abort();
    await current.stop();
    await watching;
    // The process can be starting when the stop is requested.
    await current.stop();
  };
  return { first, stop };
}
