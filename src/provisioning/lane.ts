import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { type Provider, ProviderFault } from './provider/port';

/** How much of a provider one process uses, and when it leaves a sick one alone. */
export interface LaneLimits {
  /** Operations in hand at once, and so calls in flight. */
  slots: number;
  /** Passing faults in a row, over all operations, that open the circuit. */
  breakAfter: number;
  /** How long an open circuit lets nothing through; then one operation may try. */
  openMs: number;
}

/** More faults than one operation has attempts: a single sick account never closes the provider to the others. */
export const defaultLimits: LaneLimits = { slots: 32, breakAfter: 10, openMs: 5_000 };

/** The circuit was open, so the call was not made. */
export class NotCalled extends Error {}

/**
 * One provider as one worker uses it: slots of its own, so that a slow provider takes none of another's, and a circuit
 * breaker that stops claims for a provider that fails. Both bound what is claimed, not what waits in memory: what is not
 * claimed stays in its row, costs no lease and no attempt, and is free for other processes.
 */
export class Lane {
  private taken = 0;
  private mayTryAt = 0;
  private readonly circuit;

  constructor(
    private readonly provider: Provider,
    private readonly limits: LaneLimits,
    onChange: (open: boolean) => void,
  ) {
    const { breakAfter, openMs } = limits;
    // A refusal is an answer: only faults that may pass say that the provider is sick.
    const sick = handleWhen(error => error instanceof ProviderFault && error.retryable);
    const breaker = new ConsecutiveBreaker(breakAfter);
    this.circuit = circuitBreaker(sick, { halfOpenAfter: openMs, breaker });
    this.circuit.onBreak(() => {
      this.mayTryAt = Date.now() + openMs;
      onChange(true);
    });
    this.circuit.onReset(() => onChange(false));
  }

  /** Whether the provider wants to know accounts before their subscriptions. */
  get keepsAccounts(): boolean {
    return this.provider.accounts !== undefined;
  }

  /** Operations that may be claimed for it now: one at a time while the circuit is open and may be tried. */
  get room(): number {
    if (this.circuit.state === CircuitState.Closed) return this.limits.slots - this.taken;
    return this.taken === 0 && this.closedForMs === 0 ? 1 : 0;
  }

  /** Operations that it has been given. */
  get inHand(): number {
    return this.taken;
  }

  /** Whether the provider is left alone, or tried with one operation. */
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

  /** Makes a call of the provider; rejects with `NotCalled`, without calling, while the circuit is open. */
  async call<T>(work: (provider: Provider) => Promise<T>): Promise<T> {
    try {
      return await this.circuit.execute(() => work(this.provider));
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new NotCalled('The circuit to the provider is open');
      throw error;
    }
  }
}
