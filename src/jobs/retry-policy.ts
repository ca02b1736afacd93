import { elapsedSince } from '../clock';

/** When what met a passing fault is tried again. */
export interface RetryPolicy {
  /**
   * @param attempts those made so far, at least 1.
   * @param since when the first of them began.
   * @returns milliseconds until the next attempt; undefined when a person has to decide.
   */
  delayMs(attempts: number, since: Date | null): number | undefined;
  /**
   * When the provider is asked again about work that it has accepted.
   *
   * @param since when the step began.
   * @returns milliseconds until then; undefined when a person has to decide.
   */
  pollMs(since: Date | null): number | undefined;
}

/** The bounds of a retry policy, in milliseconds but for the number of attempts. */
export interface RetryBounds {
  firstMs: number;
  mostMs: number;
  attempts: number;
  totalMs: number;
  /** The shortest and the longest pause between two questions about accepted work, and how long it may take at most. */
  poll?: { leastMs: number; mostMs: number; totalMs: number };
}

/** Eight attempts over some minutes: what a service manager's restart takes. */
export const defaultRetries: Required<RetryBounds> = {
  firstMs: 500,
  mostMs: 60_000,
  attempts: 8,
  totalMs: 15 * 60_000,
  poll: { leastMs: 500, mostMs: 30_000, totalMs: 24 * 3_600_000 },
};

/** Doubles from attempt to attempt; half of each delay is chance, so that what failed together does not return together. */
export function exponential({
  firstMs,
  mostMs,
  attempts,
  totalMs,
  poll = defaultRetries.poll,
}: RetryBounds): RetryPolicy {
  return {
    delayMs(made, since) {
      const spent = since ? elapsedSince(since) : 0;
      if (made >= attempts || spent >= totalMs) return undefined;
      const full = Math.min(mostMs, firstMs * 2 ** (made - 1));
      return full / 2 + (Math.random() * full) / 2;
    },
    pollMs(since) {
      const spent = since ? elapsedSince(since) : 0;
      if (spent >= poll.totalMs) return undefined;
      // A quarter of the time that it has taken: what takes long is asked after seldom, and never much too late.
      const pause = Math.min(poll.mostMs, Math.max(poll.leastMs, spent / 4));
      return pause * (0.9 + Math.random() / 5);
    },
  };
}

/** Longest pause that a callee can ask for: an hour. */
const MOST_ASKED_MS = 3_600_000;

/** The pause before the next attempt, in milliseconds: no shorter than the callee asks for, which is bounded to an hour. */
export const notBefore = (pauseMs: number, askedMs = 0): number =>
  Math.max(pauseMs, Math.min(askedMs, MOST_ASKED_MS));
