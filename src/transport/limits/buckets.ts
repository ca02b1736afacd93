/** How full a caller's bucket is, in the words that Shopify's API has for it. */
export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

/** Callers remembered at once: those that were not seen for longest have full buckets anyway. */
const CALLERS = 50_000;

/**
 * A bucket of points for each caller, in the memory of this process: it fills by itself, and what a request costs is
 * taken out. With several processes each has its own, so the bound is that of one times the processes.
 */
export class Buckets {
  private readonly levels = new Map<string, { level: number; at: number }>();

  /** @param most what a full bucket holds; 0 for no bound. @param perSecond what flows in. */
  constructor(
    private readonly most: number,
    private readonly perSecond: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes `cost` out; otherwise says how many milliseconds it takes until that much is there. */
  take(caller: string, cost: number): { waitMs: number } {
    if (this.most === 0) return { waitMs: 0 };
    const level = this.level(caller);
    // What is dearer than a whole bucket waits for a full one, or it would wait for ever.
    const missing = Math.min(cost, this.most) - level;
    if (missing > 0) return { waitMs: Math.ceil((missing / this.perSecond) * 1000) };
    this.set(caller, level - cost);
    return { waitMs: 0 };
  }

  /** Gives back what was taken out and not used. */
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
