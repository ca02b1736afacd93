import { elapsedSince } from '../clock';

/** Delays of retries and polls. */
export interface RetryPolicy {
  /**
   * Delay before the next attempt.
   *
   * @param attempts attempts so far, at least 1.
   * @param since start of the first attempt.
   * @returns milliseconds; undefined when the retry limit is reached.
   */
  delayMs(attempts: number, since: Date | null): number | undefined;
  /**
   * Delay before the next poll of work that the provider has accepted.
   *
   * @param since start of the step.
   * @returns milliseconds; undefined when the time limit is reached.
   */
  pollDelayMs(since: Date | null): number | undefined;
}

/** Bounds of a retry policy. Times are in milliseconds. */
export interface RetryBounds {
  firstMs: number;
  maxMs: number;
  maxAttempts: number;
  totalMs: number;
  /** Shortest and longest delay between polls of accepted work, and the time limit of the work. */
  poll?: { firstMs: number; maxMs: number; totalMs: number };
}

/** Eight attempts within 15 minutes, enough for the restart of a provider. Accepted work may take 24 hours. */
export const defaultRetryBounds: Required<RetryBounds> = {
  firstMs: 500,
  maxMs: 60_000,
  maxAttempts: 8,
  totalMs: 15 * 60_000,
  poll: { firstMs: 500, maxMs: 30_000, totalMs: 24 * 3_600_000 },
};

/** Exponential backoff with jitter of half the delay, so that attempts that failed together are not repeated together. */
export function exponentialBackoff({
  firstMs,
  maxMs,
  maxAttempts,
  totalMs,
  poll = defaultRetryBounds.poll,
}: RetryBounds): RetryPolicy {
  return {
    delayMs(made, since) {
      const spent = since ? elapsedSince(since) : 0;
      if (made >= maxAttempts || spent >= totalMs) return undefined;
      const full = Math.min(maxMs, firstMs * 2 ** (made - 1));
      return full / 2 + (Math.random() * full) / 2;
    },
    pollDelayMs(since) {
      const spent = since ? elapsedSince(since) : 0;
      if (spent >= poll.totalMs) return undefined;
      // A quarter of the elapsed time: long work is polled rarely, and its end is noticed with a small relative delay.
      const pause = Math.min(poll.maxMs, Math.max(poll.firstMs, spent / 4));
      return pause * (0.9 + Math.random() / 5);
    },
  };
}

/** Longest `Retry-After` that is respected: one hour. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** Delay before the next attempt: `delayMs`, or `Retry-After` when that is longer, which counts as one hour at most. */
export const respectRetryAfter = (delayMs: number, retryAfterMs = 0): number =>
  Math.max(delayMs, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
