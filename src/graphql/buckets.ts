/** Level of a caller's bucket, in the format of Shopify's API. */
export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

/** Maximum number of buckets. The least recently used are dropped; they have refilled by then. */
const MAX_BUCKETS = 50_000;

/** Rate limit buckets, one per caller, in the memory of this process: each process has its own limit. */
export class Buckets {
  private readonly levels = new Map<string, { level: number; at: number }>();

  /**
   * @param capacity Points of a full bucket. 0 disables the limit.
   * @param perSecond Points that refill a bucket each second.
   * @param now Monotonic time in milliseconds.
   */
  constructor(
    private readonly capacity: number,
    private readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes `cost` points, or returns the milliseconds to wait. A full bucket pays for any cost. */
  take(caller: string, cost: number): { waitMs: number } {
    if (!Number.isFinite(cost)) throw new RangeError('A cost must be a finite number.');
    if (this.capacity === 0) return { waitMs: 0 };
    const level = this.level(caller);
    const missing = Math.min(cost, this.capacity) - level;
    if (missing > 0) return { waitMs: Math.ceil((missing / this.perSecond) * 1000) };
    this.set(caller, level - cost);
    return { waitMs: 0 };
  }

  /** Takes `cost` points, or all that are available. */
  takeUpTo(caller: string, cost: number): void {
    if (this.capacity > 0) this.set(caller, Math.max(0, this.level(caller) - cost));
  }

  /** Refunds points that were not used. */
  refund(caller: string, points: number): void {
    if (this.capacity > 0) this.set(caller, Math.min(this.capacity, this.level(caller) + points));
  }

  /** Returns the level of a bucket. */
  status(caller: string): ThrottleStatus {
    return {
      maximumAvailable: this.capacity,
      currentlyAvailable: Math.floor(this.level(caller)),
      restoreRate: this.perSecond,
    };
  }

  private level(caller: string): number {
    const known = this.levels.get(caller);
    if (!known) return this.capacity;
    return Math.min(this.capacity, known.level + ((this.now() - known.at) / 1000) * this.perSecond);
  }

  private set(caller: string, level: number): void {
    this.levels.delete(caller);
    this.levels.set(caller, { level, at: this.now() });
    const [oldest] = this.levels.keys();
    if (oldest !== undefined && this.levels.size > MAX_BUCKETS) this.levels.delete(oldest);
  }
}
