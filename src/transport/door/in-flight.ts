/** A request that is counted until it is answered. */
export interface Slot {
  /** Counts it for its caller too; false if the caller has too many. */
  identify(caller: string): boolean;
  /** It is answered, or its connection is gone. Only the first call counts. */
  leave(): void;
}

/**
 * Bounds the requests that are being answered, in total and by caller, for all transports together. A quick refusal
 * serves clients better than a long queue.
 */
export class InFlight {
  private count = 0;
  private readonly callers = new Map<string, number>();
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
    if (this.count >= this.most) {
      this.turnedAway += 1;
      return undefined;
    }
    this.count += 1;
    let caller: string | undefined;
    let open = true;
    return {
      identify: name => {
        if (!open) return false;
        if (!this.add(name)) return false;
        caller = name;
        return true;
      },
      leave: () => {
        if (!open) return;
        open = false;
        this.count -= 1;
        if (caller !== undefined) this.remove(caller);
      },
    };
  }

  private add(caller: string): boolean {
    const count = this.callers.get(caller) ?? 0;
    if (count >= this.mostPerCaller) {
      this.turnedAway += 1;
      return false;
    }
    this.callers.set(caller, count + 1);
    return true;
  }

  private remove(caller: string): void {
    const left = (this.callers.get(caller) ?? 1) - 1;
    if (left > 0) this.callers.set(caller, left);
    else this.callers.delete(caller);
  }
}
