/** Abort reason of a request that exceeded its deadline, as opposed to a client that disconnected. */
export class TimedOut extends Error {
  constructor() {
    super('The request exceeded its deadline.');
  }
}

/** The statement was not sent, or was killed, because its request was aborted. */
export class Cancelled extends Error {
  constructor() {
    super('The statement was cancelled.');
  }
}

/** A read outside a unit of work exceeded its deadline. */
export class ReadTooLong extends Error {
  constructor() {
    super('The read exceeded its deadline.');
  }
}

/** Callbacks of running statements, by their signal. */
const abortCallbacks = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls `stop` on abort, until unsubscribed. One listener a signal: one a statement costs as much as preparing it. */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  const stops = abortCallbacks.get(signal) ?? listen(signal);
  stops.add(stop);
  return () => stops.delete(stop);
}

function listen(signal: AbortSignal): Set<() => void> {
  const stops = new Set<() => void>();
  signal.addEventListener('abort', () => {
    for (const stop of stops) stop();
  });
  abortCallbacks.set(signal, stops);
  return stops;
}
