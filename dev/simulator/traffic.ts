import type { Call } from './call';

/** What came in since the start or the last clearing: calls by endpoint, and calls for one subject at once. */
export class Traffic {
  private readonly calls = new Map<string, number>();
  private readonly inFlight = new Map<string, number>();
  private readonly overlapping = new Map<string, number>();

  /** Counts a call in; the function that it gives counts it out, once however often it is called. */
  enter({ endpoint, subject, checkOnly }: Call): () => void {
    increase(this.calls, endpoint);
    // Pre-checks do nothing, so two of them at once are no mistake of anybody.
    if (subject === undefined || checkOnly) return () => undefined;
    if ((this.inFlight.get(subject) ?? 0) > 0) increase(this.overlapping, subject);
    increase(this.inFlight, subject);
    let inside = true;
    return () => {
      if (inside) increase(this.inFlight, subject, -1);
      inside = false;
    };
  }

  /** The counts: `overlaps` is how often a call came while another for its subject was in flight. */
  report(): { calls: Record<string, number>; overlaps: number; overlapping: Record<string, number> } {
    const overlaps = [...this.overlapping.values()].reduce((sum, count) => sum + count, 0);
    return {
      calls: Object.fromEntries(this.calls),
      overlaps,
      overlapping: Object.fromEntries(this.overlapping),
    };
  }

  /** Starts counting anew; what is in flight stays so. */
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
