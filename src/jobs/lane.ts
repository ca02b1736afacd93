import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';

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

/**
 * One callee (a provider, a webhook's receiver) as one worker uses it: slots of its own, so that a slow one takes none
 * of another's, and a circuit breaker that stops claims for one that fails. Both bound what is claimed, not what waits in
 * memory: what is not claimed stays in its row, costs no lease and no attempt, and is free for other processes.
 */
export class Lane {
  private taken = 0;
  private mayTryAt = 0;
  private readonly circuit;

  /** @param sick whether an error says that the callee is, as a refusal, which is an answer, does not. */
  constructor(
    private readonly limits: LaneLimits,
    sick: (error: Error) => boolean,
    onChange: (open: boolean) => void,
  ) {
    const { breakAfter, openMs } = limits;
    const breaker = new ConsecutiveBreaker(breakAfter);
    this.circuit = circuitBreaker(handleWhen(sick), { halfOpenAfter: openMs, breaker });
    this.circuit.onBreak(() => {
      this.mayTryAt = Date.now() + openMs;
      onChange(true);
    });
    this.circuit.onReset(() => onChange(false));
  }

  /** Jobs that may be claimed for it now: one at a time while the circuit is open and may be tried. */
  get room(): number {
    if (this.circuit.state === CircuitState.Closed) return this.limits.slots - this.taken;
    return this.taken === 0 && this.closedForMs === 0 ? 1 : 0;
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
    return this.circuit.state === CircuitState.Closed ? 0 : Math.max(0, this.mayTryAt - Date.now());
  }

  /** Takes a slot; the function that it gives frees it. */
  take(): () => void {
    this.taken += 1;
    return () => {
      this.taken -= 1;
    };
  }

  /** Makes a call; rejects with `NotCalled`, without calling, while the circuit is open. */
  async call<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.circuit.execute(work);
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new NotCalled('The circuit is open');
      throw error;
    }
  }
}
