import type { Call } from './call';

/**
 * Counts calls by endpoint, and concurrent calls for one subject, since the start or the last `clear`. A call whose caller
 * has given up is in flight until its closed connection is noticed, as at any provider: on a busy machine both the call and
 * its repetition can be read before that.
 */
export class Traffic {
  private readonly calls = new Map<string, number>();
  private readonly inFlight = new Map<string, number>();
  private readonly overlapping = new Map<string, number>();

  /** Counts a call as in flight. Returns a function that removes it. Further calls of that function have no effect. */
  enter({ endpoint, subject, checkOnly }: Call): () => void {
    increase(this.calls, endpoint);
    // Pre-checks have no effects, so two at once are correct.
    if (subject === undefined || checkOnly) return () => undefined;
    if ((this.inFlight.get(subject) ?? 0) > 0) increase(this.overlapping, subject);
    increase(this.inFlight, subject);
    let inside = true;
    return () => {
      if (inside) increase(this.inFlight, subject, -1);
      inside = false;
    };
  }

  /** Returns the counts. `overlaps` counts calls that arrived while another for the subject was in flight. */
  report(): { calls: Record<string, number>; overlaps: number; overlapping: Record<string, number> } {
    const overlaps = [...this.overlapping.values()].reduce((sum, count) => sum + count, 0);
    return {
      calls: Object.fromEntries(this.calls),
      overlaps,
      overlapping: Object.fromEntries(this.overlapping),
    };
  }

  /** Resets the counts, except for the calls in flight. */
  clear(): void {
    this.calls.clear();
    this.overlapping.clear();
  }
}

function increase(counts: Map<string, number>, key: string, by = 1): void {
  const next = (counts.get(key) ?? 0) + by;
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
}
