import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type IBackoff,
} from 'cockatiel';
import { monotonicMs } from '../clock';

/** How much of one callee a process uses, and when it leaves a sick one alone. */
export interface LaneLimits {
  /** Jobs in hand at once, and so calls in flight. */
  slots: number;
  /** Passing faults in a row, over all jobs, that open the circuit. */
  breakAfter: number;
  /** How long an open circuit lets nothing through; then one job may try. */
  openMs: number;
}

/** The circuit was open, so the call was not made. */
export class NotCalled extends Error {}

/** Longest time for which a callee can pause its lane, in milliseconds. */
const MOST_PAUSE_MS = 60_000;
/** Of so many attempts at a failing callee, one has the full deadline: a slow callee must be able to recover. */
const FULL_EVERY = 4;

/**
 * One callee (a provider, a webhook's receiver) as one worker uses it: slots of its own, so that a slow one takes none
 * of another's, and a circuit breaker that stops claims for one that fails. Both bound what is claimed, not what waits in
 * memory: what is not claimed stays in its row, costs no lease and no attempt, and is free for other processes.
 */
export class Lane {
  private taken = 0;
  private openUntil = 0;
  private pausedUntil = 0;
  private failures = 0;
  private hasSucceeded = false;
  /** When each call that is out began, in their order. */
  private readonly out = new Set<{ at: number }>();
  private readonly circuit;

  /** @param sick whether an error says that the callee is, as a refusal, which is an answer, does not. */
  constructor(
    private readonly limits: LaneLimits,
    private readonly sick: (error: Error) => boolean,
    onChange: (open: boolean) => void,
  ) {
    const { breakAfter, openMs } = limits;
    const breaker = new ConsecutiveBreaker(breakAfter);
    const halfOpenAfter = { next: () => this.openFor(openMs) };
    this.circuit = circuitBreaker(handleWhen(sick), { halfOpenAfter, breaker });
    this.circuit.onBreak(() => onChange(true));
    this.circuit.onReset(() => onChange(false));
  }

  /** Jobs that may be claimed for it now: one at a time while the circuit is open and may be tried. */
  get room(): number {
    if (this.closedForMs > 0) return 0;
    if (this.circuitOpen) return this.taken === 0 ? 1 : 0;
    return this.limits.slots - this.taken;
  }

  /** Jobs that it has been given. */
  get inHand(): number {
    return this.taken;
  }

  /** Whether the callee is left alone, or tried with one job. */
  get circuitOpen(): boolean {
    return this.circuit.state !== CircuitState.Closed;
  }

  /** How long nothing will be let through. */
  get closedForMs(): number {
    const until = Math.max(this.pausedUntil, this.circuitOpen ? this.openUntil : 0);
    return Math.max(0, until - monotonicMs());
  }

  /** Whether a call has succeeded. */
  get isProven(): boolean {
    return this.hasSucceeded;
  }

  /** Whether its last call failed. */
  get isFailing(): boolean {
    return this.failures > 0;
  }

  /** Whether the next call is an attempt at a failing callee, which need not have the full deadline. */
  get triesBriefly(): boolean {
    return this.failures % FULL_EVERY !== 0;
  }

  /** Milliseconds for which its oldest call has been out. 0 without one. */
  get oldestCallMs(): number {
    for (const { at } of this.out) return monotonicMs() - at;
    return 0;
  }

  /** Takes a slot; the function that it gives frees it. */
  take(): () => void {
    this.taken += 1;
    return () => {
      this.taken -= 1;
    };
  }

  /** Lets nothing through for `ms`, which is bounded to a minute: the callee has asked for it. */
  pauseFor(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, monotonicMs() + Math.min(ms, MOST_PAUSE_MS));
  }

  /** Makes a call; rejects with `NotCalled`, without calling, while the circuit is open or the lane is paused. */
  async call<T>(work: () => Promise<T>): Promise<T> {
    if (this.pausedUntil > monotonicMs()) throw new NotCalled('The callee has asked for a pause');
    try {
      return await this.circuit.execute(() => this.watched(work));
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new NotCalled('The circuit is open');
      throw error;
    }
  }

  private async watched<T>(work: () => Promise<T>): Promise<T> {
    const call = { at: monotonicMs() };
    this.out.add(call);
    try {
      const result = await work();
      this.failures = 0;
      this.hasSucceeded = true;
      return result;
    } catch (error) {
      this.failures = this.sick(error as Error) ? this.failures + 1 : 0;
      throw error;
    } finally {
      this.out.delete(call);
    }
  }

  /**
   * Opens the circuit for `openMs`, by the monotonic clock. Cockatiel compares a backoff's duration with the time since
   * the opening by the process's clock, which may jump: endless until the time has come, over from then on.
   */
  private openFor(openMs: number): IBackoff<unknown> {
    const openUntil = monotonicMs() + openMs;
    this.openUntil = openUntil;
    return {
      get duration() {
        return monotonicMs() < openUntil ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      },
      next: () => this.openFor(openMs),
    };
  }
}
