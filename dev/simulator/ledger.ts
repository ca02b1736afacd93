import type { Effect } from './records';

/** Effect with the number of times it took place. Times are ISO 8601; `trackId` is of the last time. */
export interface LedgerEntry extends Effect {
  count: number;
  firstAt: string;
  lastAt: string;
}

/** Effects, oldest first, with one entry for each effect, subject and detail. */
export class Ledger {
  private readonly entries = new Map<string, LedgerEntry>();

  /** Counts one effect. */
  record(effect: Effect, at: string): void {
    const key = JSON.stringify([effect.effect, effect.subject, effect.detail]);
    const known = this.entries.get(key);
    this.entries.set(key, {
      ...effect,
      count: (known?.count ?? 0) + 1,
      firstAt: known?.firstAt ?? at,
      lastAt: at,
    });
  }

  /** Returns all entries, oldest first. */
  list(): LedgerEntry[] {
    return [...this.entries.values()];
  }

  /** Removes all entries. */
  clear(): void {
    this.entries.clear();
  }
}
