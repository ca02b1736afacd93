/** Reason of an aborted request: it took too long. Not that its client has left. */
export class TimedOut extends Error {
  constructor() {
    super('The time for the request is over.');
  }
}

/** The statement was never sent, or was stopped, because its request was aborted. */
export class Cancelled extends Error {
  constructor() {
    super('The statement was cancelled.');
  }
}

/** Callbacks of the statements under way, by the signal that they heed. */
const abortCallbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `stop` when `signal` is aborted, unless the function that it returns is called before. A signal gets one
 * listener, not one for every statement, which would cost as much as preparing it.
 */
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
