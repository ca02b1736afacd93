import type { Effect } from './records';

/** An effect with how often it took place; times are ISO 8601, `trackId` is that of the last time. */
export interface LedgerEntry extends Effect {
  count: number;
  firstAt: string;
  lastAt: string;
}

/** The effects in the order of their first happening, one entry for each effect, subject and detail. */
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

  /** All entries, oldest first. */
  list(): LedgerEntry[] {
    return [...this.entries.values()];
  }

  /** Forgets all entries. */
  clear(): void {
    this.entries.clear();
  }
}
