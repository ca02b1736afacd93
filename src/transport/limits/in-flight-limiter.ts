/** Limits the requests in flight, in total and by caller. A quick refusal is better than a long queue. */
export class InFlightLimiter {
  private readonly callers = new Map<string, number>();
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

  /** Counts a request toward the limit of its caller. False if the caller is at its limit. */
  addCaller(caller: string): boolean {
    const count = this.callers.get(caller) ?? 0;
    if (count >= this.maxPerCaller) {
      this.rejected += 1;
      return false;
    }
    this.callers.set(caller, count + 1);
    return true;
  }

  /** Releases the slot of a request, with its caller if one was assigned. */
  release(caller: string | undefined): void {
    this.count -= 1;
    if (caller === undefined) return;
    const left = (this.callers.get(caller) ?? 1) - 1;
    if (left > 0) this.callers.set(caller, left);
    else this.callers.delete(caller);
  }
}

/** Slot of one request in flight. */
export class Slot {
  private caller: string | undefined;
  private isOpen = true;

  constructor(private readonly inFlight: InFlightLimiter) {}

  /** Counts the request toward the limit of its caller. False if the caller is at its limit, or the slot is released. */
  assignTo(caller: string): boolean {
    if (!this.isOpen || !this.inFlight.addCaller(caller)) return false;
    this.caller = caller;
    return true;
  }

  /** Releases the slot. Repeated calls have no effect. */
  release(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.inFlight.release(this.caller);
  }
}
