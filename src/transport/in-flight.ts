import type { ServerResponse } from 'node:http';

/** Seconds after which to try again: by then most of what is in hand is answered. */
const RETRY_AFTER = 1;

/** Bounds the requests in hand: beyond it a quick 503 helps everybody more than a long queue. */
export class InFlight {
  private count = 0;
  /** How many were turned away. */
  turnedAway = 0;

  constructor(readonly most: number) {}

  /** Those in hand now. */
  get now(): number {
    return this.count;
  }

  /** Counts the request until its answer is sent or its connection is gone; false where there are too many. */
  enter(response: ServerResponse): boolean {
    if (this.count >= this.most) {
      this.turnedAway += 1;
      response.setHeader('retry-after', RETRY_AFTER);
      return false;
    }
    this.count += 1;
    response.on('close', () => {
      this.count -= 1;
    });
    return true;
  }
}
