/** Duration in milliseconds from which a turn is followed by a pause. */
const LONG_TURN_MS = 5;
/** Duration of a pause: long enough for a few statements of other requests. */
const PAUSE_MS = 2;

/**
 * Round-robin scheduler for work that blocks the event loop: one turn per pass of the loop, callers in rotation. A long turn
 * is followed by a pause for other requests, which need several passes. So one caller delays another by a turn or two.
 */
export class FairScheduler {
  /** Queues by caller. The first entry is next. */
  private readonly waiting = new Map<string, (() => void)[]>();
  private isRunning = false;

  /** Resolves at the next turn of `caller`. */
  waitForTurn(caller: string): Promise<void> {
    return new Promise(resolve => {
      const queue = this.waiting.get(caller);
      if (queue) queue.push(resolve);
      else this.waiting.set(caller, [resolve]);
      if (!this.isRunning) setImmediate(this.next);
      this.isRunning = true;
    });
  }

  private readonly next = (): void => {
    const [first] = this.waiting;
    this.isRunning = first !== undefined;
    if (!first) return;
    const [caller, queue] = first;
    this.waiting.delete(caller);
    const begin = queue.shift();
    if (queue.length > 0) this.waiting.set(caller, queue);
    const began = performance.now();
    begin?.();
    // The work runs in a microtask, before this callback.
    setImmediate(() => {
      if (performance.now() - began < LONG_TURN_MS) this.next();
      else setTimeout(this.next, PAUSE_MS);
    });
  };
}
