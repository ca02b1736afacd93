/** A turn that took longer is followed by a rest, in milliseconds. */
const LONG_MS = 5;
/** Length of a rest: long enough for a few statements of other requests. */
const REST_MS = 2;

/**
 * Hands out turns for work that blocks the event loop: one for each pass of the loop, and to callers in rotation. After a
 * long turn the loop is left to other requests for a moment, each of which needs several passes. So a caller that sends a
 * lot delays another one by a turn or two.
 */
export class FairTurns {
  /** Waiting work by caller; the first entry is next. */
  private readonly waiting = new Map<string, (() => void)[]>();
  private isRunning = false;

  /** Resolves when it is the turn of `caller`. */
  wait(caller: string): Promise<void> {
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
    // The work itself runs before this is called.
    setImmediate(() => {
      if (performance.now() - began < LONG_MS) this.next();
      else setTimeout(this.next, REST_MS);
    });
  };
}
