/**
 * Bounds the requests that are being answered, in total and by caller, for all transports together. A quick refusal
 * serves clients better than a long queue.
 */
export class InFlight {
  private readonly callers = new Map<string, number>();
  private count = 0;
  /** Requests that were refused, for the metrics. */
  turnedAway = 0;

  constructor(
    readonly most: number,
    private readonly mostPerCaller: number,
  ) {}

  /** Requests that are being answered now. */
  get now(): number {
    return this.count;
  }

  /** Counts a request; undefined if there are too many. */
  enter(): Slot | undefined {
    if (this.count < this.most) {
      this.count += 1;
      return new Slot(this);
    }
    this.turnedAway += 1;
    return undefined;
  }

  /** Counts a request for its caller; false if the caller has too many. */
  add(caller: string): boolean {
    const count = this.callers.get(caller) ?? 0;
    if (count >= this.mostPerCaller) {
      this.turnedAway += 1;
      return false;
    }
    this.callers.set(caller, count + 1);
    return true;
  }

  /** A request that was counted is answered. */
  remove(caller: string | undefined): void {
    this.count -= 1;
    if (caller === undefined) return;
    const left = (this.callers.get(caller) ?? 1) - 1;
    if (left > 0) this.callers.set(caller, left);
    else this.callers.delete(caller);
  }
}

/** A request that is counted until it is answered. */
export class Slot {
  private caller: string | undefined;
  private isOpen = true;

  constructor(private readonly inFlight: InFlight) {}

  /** Counts it for its caller too; false if the caller has too many. */
  identify(caller: string): boolean {
    if (!this.isOpen || !this.inFlight.add(caller)) return false;
    this.caller = caller;
    return true;
  }

  /** It is answered, or its connection is gone. Only the first call counts. */
  leave(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.inFlight.remove(this.caller);
  }
}
