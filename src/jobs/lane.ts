import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type IBackoff,
} from 'cockatiel';
import { monotonicMs } from '../clock';

/** Limits of one lane: concurrency, and the circuit breaker. */
export interface LaneLimits {
  /** Maximum number of claimed jobs, and so of calls in flight. */
  slots: number;
  /** Failures in a row, over all jobs, that open the circuit. */
  failureThreshold: number;
  /** Time that the circuit stays open before it becomes half-open and admits one job, in milliseconds. */
  openMs: number;
}

/** Error messages by reason. `PAUSED`: the callee asked for a pause with `Retry-After`. */
const notPermitted = {
  CIRCUIT_OPEN: 'The circuit breaker is open',
  PAUSED: 'The callee has asked for a pause',
  CLAIM_ENDED: 'The claim on the job has ended',
};

/** Error of a call that was not made. */
export class CallNotPermitted extends Error {
  constructor(readonly reason: keyof typeof notPermitted) {
    super(notPermitted[reason]);
  }
}

/** Longest time for which a callee can pause its lane, in milliseconds. */
const MAX_PAUSE_MS = 60_000;
/** One of this many attempts at a failing callee has the full deadline, so that a slow callee can recover. */
const FULL_DEADLINE_EVERY = 4;

/**
 * Bulkhead and circuit breaker of one callee (a provider, or the receiver of a webhook). A slow callee uses its own slots
 * only, and no job is claimed for a callee whose circuit is open. Jobs that are not claimed wait in their rows, without a
 * lease or an attempt, and other processes can claim them.
 */
export class Lane {
  private acquired = 0;
  private openUntilMs = 0;
  private pausedUntilMs = 0;
  private failuresInARow = 0;
  private anySucceeded = false;
  /** Start times of the calls in flight, oldest first. */
  private readonly callsInFlight = new Set<{ at: number }>();
  private readonly circuit;

  /** @param countsAsFailure whether the circuit breaker counts an error. A refusal is a response, so it does not count. */
  constructor(
    private readonly limits: LaneLimits,
    private readonly countsAsFailure: (error: Error) => boolean,
    onChange: (open: boolean) => void,
  ) {
    const { failureThreshold, openMs } = limits;
    const breaker = new ConsecutiveBreaker(failureThreshold);
    const halfOpenAfter = { next: () => this.openUntilElapsed(openMs) };
    this.circuit = circuitBreaker(handleWhen(countsAsFailure), { halfOpenAfter, breaker });
    this.circuit.onBreak(() => onChange(true));
    this.circuit.onReset(() => onChange(false));
  }

  /** Jobs that can be claimed now. 1 while the circuit breaker is half-open, 0 while it is open. */
  get availableSlots(): number {
    if (this.retryAfterMs > 0) return 0;
    if (this.circuitOpen) return this.acquired === 0 ? 1 : 0;
    return this.limits.slots - this.acquired;
  }

  /** Number of claimed jobs. */
  get activeJobs(): number {
    return this.acquired;
  }

  /** Whether the circuit breaker is open or half-open. */
  get circuitOpen(): boolean {
    return this.circuit.state !== CircuitState.Closed;
  }

  /** Milliseconds until the circuit breaker becomes half-open or the pause ends. 0 when jobs can be claimed. */
  get retryAfterMs(): number {
    const until = Math.max(this.pausedUntilMs, this.circuitOpen ? this.openUntilMs : 0);
    return Math.max(0, until - monotonicMs());
  }

  /** Whether any call has succeeded in this process. */
  get hasSucceeded(): boolean {
    return this.anySucceeded;
  }

  /** Whether the last call failed. */
  get isFailing(): boolean {
    return this.failuresInARow > 0;
  }

  /** Whether the next call may have a short deadline, because the callee is failing. */
  get usesShortDeadline(): boolean {
    return this.failuresInARow % FULL_DEADLINE_EVERY !== 0;
  }

  /** Age of the oldest call in flight, in milliseconds. 0 without one. */
  get oldestCallMs(): number {
    for (const { at } of this.callsInFlight) return monotonicMs() - at;
    return 0;
  }

  /** Acquires a slot. The returned function releases it. */
  acquire(): () => void {
    this.acquired += 1;
    return () => {
      this.acquired -= 1;
    };
  }

  /** Pauses the lane, because the callee asked for it. At most one minute. */
  pauseFor(ms: number): void {
    this.pausedUntilMs = Math.max(this.pausedUntilMs, monotonicMs() + Math.min(ms, MAX_PAUSE_MS));
  }

  /** Makes a call. Rejects with `CallNotPermitted` while the circuit breaker is open or the lane is paused. */
  async call<T>(work: () => Promise<T>): Promise<T> {
    if (this.pausedUntilMs > monotonicMs()) throw new CallNotPermitted('PAUSED');
    try {
      return await this.circuit.execute(() => this.track(work));
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new CallNotPermitted('CIRCUIT_OPEN');
      throw error;
    }
  }

  private async track<T>(work: () => Promise<T>): Promise<T> {
    const call = { at: monotonicMs() };
    this.callsInFlight.add(call);
    try {
      const result = await work();
      this.failuresInARow = 0;
      this.anySucceeded = true;
      return result;
    } catch (error) {
      this.failuresInARow = this.countsAsFailure(error as Error) ? this.failuresInARow + 1 : 0;
      throw error;
    } finally {
      this.callsInFlight.delete(call);
    }
  }

  /** Infinite backoff until `openMs` of monotonic time are over: cockatiel uses the wall clock, which may jump. */
  private openUntilElapsed(openMs: number): IBackoff<unknown> {
    const openUntil = monotonicMs() + openMs;
    this.openUntilMs = openUntil;
    return {
      get duration() {
        return monotonicMs() < openUntil ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      },
      next: () => this.openUntilElapsed(openMs),
    };
  }
}
