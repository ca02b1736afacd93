/**
 * Hands out turns for work that blocks the event loop: one for each pass of the loop, and to callers in rotation. So a
 * caller that sends a lot delays another one by a single turn.
 */
export class FairTurns {
  /** Waiting work by caller; the first entry is next. */
  private readonly waiting = new Map<string, (() => void)[]>();

  /** Resolves when it is the turn of `caller`. */
  wait(caller: string): Promise<void> {
    return new Promise(resolve => {
      const queue = this.waiting.get(caller);
      if (queue) queue.push(resolve);
      else this.waiting.set(caller, [resolve]);
      if (this.waiting.size === 1 && !queue) setImmediate(this.next);
    });
  }

  private readonly next = (): void => {
    const [first] = this.waiting;
    if (!first) return;
    const [caller, queue] = first;
    this.waiting.delete(caller);
    const begin = queue.shift();
    if (queue.length > 0) this.waiting.set(caller, queue);
    if (this.waiting.size > 0) setImmediate(this.next);
    begin?.();
  };
}
