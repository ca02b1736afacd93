/** Level of a caller's bucket, in the format of Shopify's API. */
export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

/** Maximum number of buckets. The least recently used are dropped; they have refilled by then. */
const MAX_BUCKETS = 50_000;

/** Bucket of one caller. Changed in place: a lookup is all that most requests cost. */
interface Bucket {
  level: number;
  /** Monotonic time of the level, in milliseconds. */
  at: number;
  /** True if the bucket was used after it was queued for eviction. */
  isUsed: boolean;
}

/** Rate limit buckets, one per caller, in the memory of this process: each process has its own limit. */
export class Buckets {
  /** In order of eviction. */
  private readonly buckets = new Map<string, Bucket>();

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

  /**
   * Takes `cost` points, or returns the milliseconds to wait. A full bucket pays for any cost. `refund` is the part of the
   * cost that is known not to be used.
   */
  take(caller: string, cost: number, refund = 0): number {
    if (!Number.isFinite(cost)) throw new RangeError('A cost must be a finite number.');
    if (this.capacity === 0) return 0;
    const bucket = this.refilled(caller);
    const missing = Math.min(cost, this.capacity) - bucket.level;
    if (missing > 0) return Math.ceil((missing / this.perSecond) * 1000);
    bucket.level += refund - cost;
    return 0;
  }

  /** Takes `cost` points, or all that are available. */
  takeUpTo(caller: string, cost: number): void {
    if (this.capacity === 0) return;
    const bucket = this.refilled(caller);
    bucket.level = Math.max(0, bucket.level - cost);
  }

  /** Refunds points that were not used. */
  refund(caller: string, points: number): void {
    if (this.capacity === 0) return;
    const bucket = this.refilled(caller);
    bucket.level = Math.min(this.capacity, bucket.level + points);
  }

  /** Returns the level of a bucket. */
  status(caller: string): ThrottleStatus {
    return {
      maximumAvailable: this.capacity,
      currentlyAvailable: Math.floor(this.capacity === 0 ? 0 : this.refilled(caller).level),
      restoreRate: this.perSecond,
    };
  }

  /** Returns the bucket of a caller, refilled until now. */
  private refilled(caller: string): Bucket {
    const at = this.now();
    const known = this.buckets.get(caller);
    if (known) {
      known.level = Math.min(this.capacity, known.level + ((at - known.at) / 1000) * this.perSecond);
      known.at = at;
      known.isUsed = true;
      return known;
    }
    if (this.buckets.size >= MAX_BUCKETS) this.evict();
    const bucket = { level: this.capacity, at, isUsed: false };
    this.buckets.set(caller, bucket);
    return bucket;
  }

  /** Drops the first bucket that was not used since it was queued, and queues the ones before it again. */
  private evict(): void {
    for (const [caller, bucket] of this.buckets) {
      this.buckets.delete(caller);
      if (!bucket.isUsed) return;
      bucket.isUsed = false;
      this.buckets.set(caller, bucket);
    }
  }
}
