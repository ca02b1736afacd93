import type { ServerResponse } from 'node:http';
import { TimedOut } from '../database';

/** What a request is worked on under: until it is answered, nobody waits any more, or it takes too long. */
export interface Deadline {
  signal: AbortSignal;
  /** What `work` gives; undefined when the time is over first. */
  within<T>(work: Promise<T>): Promise<T | undefined>;
  /** It is answered, or nobody waits any more. */
  end(answered: boolean): void;
}

/** Begins the time of a request whose answer is `response`. */
export function startDeadline(response: ServerResponse, timeoutMs: number): Deadline {
  const deadline = createDeadline(timeoutMs);
  // An answer that is out has nothing left to be aborted.
  response.on('close', () => deadline.end(response.writableFinished));
  return deadline;
}

/** Begins the time of whatever ends with `end`. */
export function createDeadline(timeoutMs: number): Deadline {
  const controller = new AbortController();
  let expire: () => void = () => undefined;
  const timer = setTimeout(() => {
    controller.abort(new TimedOut());
    expire();
  }, timeoutMs);
  return {
    signal: controller.signal,
    within: work =>
      new Promise((resolve, reject) => {
        expire = () => resolve(undefined);
        work.then(resolve, reject);
      }),
    end(answered) {
      clearTimeout(timer);
      if (!answered) controller.abort();
    },
  };
}
