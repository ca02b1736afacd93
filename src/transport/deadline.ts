import type { ServerResponse } from 'node:http';
import { TimedOut } from '../database';

/** Deadline of a request. */
export interface Deadline {
  /** Aborted at the deadline, or when the client disconnects. */
  signal: AbortSignal;
  /** Resolves to the result of `work`, or to undefined at the deadline. */
  within<T>(work: Promise<T>): Promise<T | undefined>;
  /** Stops the timer. Aborts the signal unless the request was answered. */
  end(answered: boolean): void;
}

/** Starts the deadline of a request. It ends with `response`. */
export function startDeadline(response: ServerResponse, timeoutMs: number): Deadline {
  const deadline = createDeadline(timeoutMs);
  // A response that was sent completely has no work left to abort.
  response.on('close', () => deadline.end(response.writableFinished));
  return deadline;
}

/** Starts a deadline in `timeoutMs` milliseconds. The caller ends it with `end`. */
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
