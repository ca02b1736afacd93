/** Level of a caller's bucket, with the names that Shopify's API gives it. */
export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

/** Callers that are remembered. Those that were not seen for longest have full buckets anyway. */
const CALLERS = 50_000;

/**
 * Leaky buckets of points, one for each caller, in the memory of this process. Several processes each have their own, so
 * the limit of a deployment is that of one process times their number.
 */
export class Buckets {
  private readonly levels = new Map<string, { level: number; at: number }>();

  /**
   * @param most Points in a full bucket; 0 for no limit.
   * @param perSecond Points that are restored each second.
   * @param now Monotonic time in milliseconds.
   */
  constructor(
    private readonly most: number,
    private readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Takes `cost` points out. Otherwise returns the milliseconds after which they are available. A cost above the size of
   * the bucket waits for a full bucket.
   */
  take(caller: string, cost: number): { waitMs: number } {
    if (!Number.isFinite(cost)) throw new RangeError('A cost has to be a finite number.');
    if (this.most === 0) return { waitMs: 0 };
    const level = this.level(caller);
    const missing = Math.min(cost, this.most) - level;
    if (missing > 0) return { waitMs: Math.ceil((missing / this.perSecond) * 1000) };
    this.set(caller, level - cost);
    return { waitMs: 0 };
  }

  /** Takes `cost` points out, or as many as there are. */
  drain(caller: string, cost: number): void {
    if (this.most > 0) this.set(caller, Math.max(0, this.level(caller) - cost));
  }

  /** Returns points that were taken out and not used. */
  giveBack(caller: string, points: number): void {
    if (this.most > 0) this.set(caller, Math.min(this.most, this.level(caller) + points));
  }

  status(caller: string): ThrottleStatus {
    return {
      maximumAvailable: this.most,
      currentlyAvailable: Math.floor(this.level(caller)),
      restoreRate: this.perSecond,
    };
  }

  private level(caller: string): number {
    const known = this.levels.get(caller);
    if (!known) return this.most;
    return Math.min(this.most, known.level + ((this.now() - known.at) / 1000) * this.perSecond);
  }

  private set(caller: string, level: number): void {
    this.levels.delete(caller);
    this.levels.set(caller, { level, at: this.now() });
    const [oldest] = this.levels.keys();
    if (oldest !== undefined && this.levels.size > CALLERS) this.levels.delete(oldest);
  }
}
