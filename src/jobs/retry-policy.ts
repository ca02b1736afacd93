/** When what met a passing fault is tried again. */
export interface RetryPolicy {
  /**
   * @param attempts those made so far, at least 1.
   * @param since when the first of them began.
   * @returns milliseconds until the next attempt; undefined when a person has to decide.
   */
  delayMs(attempts: number, since: Date | null): number | undefined;
}

/** The bounds of a retry policy, in milliseconds but for the number of attempts. */
export interface RetryBounds {
  firstMs: number;
  mostMs: number;
  attempts: number;
  totalMs: number;
}

/** Eight attempts over some minutes: what a service manager's restart takes. */
export const defaultRetries: RetryBounds = {
  firstMs: 500,
  mostMs: 60_000,
  attempts: 8,
  totalMs: 15 * 60_000,
};

/** Doubles from attempt to attempt; half of each delay is chance, so that what failed together does not return together. */
export function exponential({ firstMs, mostMs, attempts, totalMs }: RetryBounds): RetryPolicy {
  return {
    delayMs(made, since) {
      const spent = since ? Date.now() - since.getTime() : 0;
      if (made >= attempts || spent >= totalMs) return undefined;
      const full = Math.min(mostMs, firstMs * 2 ** (made - 1));
      return full / 2 + (Math.random() * full) / 2;
    },
  };
}
