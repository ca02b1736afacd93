/** Requests in flight of one caller. */
interface CallerCount {
  count: number;
}

/** Limits the requests in flight, in total and by caller. A quick refusal is better than a long queue. */
export class InFlightLimiter {
  private readonly callers = new Map<string, CallerCount>();
  private count = 0;
  /** Number of requests refused at a limit, for the metrics. */
  rejected = 0;

  constructor(
    readonly max: number,
    private readonly maxPerCaller: number,
  ) {}

  /** Number of requests in flight. */
  get current(): number {
    return this.count;
  }

  /** Acquires a slot for a request. Undefined if none is free. */
  acquire(): Slot | undefined {
    if (this.count < this.max) {
      this.count += 1;
      return new Slot(this);
    }
    this.rejected += 1;
    return undefined;
  }

  /** Counts a request toward the limit of its caller. Undefined if the caller is at its limit. */
  addCaller(caller: string): CallerCount | undefined {
    const counted = this.callers.get(caller) ?? this.startCounting(caller);
    if (counted.count >= this.maxPerCaller) {
      this.rejected += 1;
      return undefined;
    }
    counted.count += 1;
    return counted;
  }

  /** Starts to count a caller. Counts of 0 are dropped all at once: most callers return soon. */
  private startCounting(caller: string): CallerCount {
    if (this.callers.size >= 2 * this.max) {
      for (const [known, { count }] of this.callers) if (count === 0) this.callers.delete(known);
    }
    const counted = { count: 0 };
    this.callers.set(caller, counted);
    return counted;
  }

  /** Releases the slot of a request, with its caller if one was assigned. */
  release(counted: CallerCount | undefined): void {
    this.count -= 1;
    if (counted) counted.count -= 1;
  }
}

/** Slot of one request in flight. */
export class Slot {
  private counted: CallerCount | undefined;
  private isOpen = true;

  constructor(private readonly inFlight: InFlightLimiter) {}

  /** Counts the request toward the limit of its caller. False if the caller is at its limit, or the slot is released. */
  assignTo(caller: string): boolean {
    if (!this.isOpen) return false;
    this.counted = this.inFlight.addCaller(caller);
    return this.counted !== undefined;
  }

  /** Releases the slot. Repeated calls have no effect. */
  release(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.inFlight.release(this.counted);
  }
}
