import type { Payload } from './payload';

/** How long one execution serves whoever asks for the same, in milliseconds. */
const FRESH_MS = 1000;
const MOST_ENTRIES = 4096;
const MOST_BYTES = 8 * 1024 * 1024;

interface Entry {
  madeAt: number;
  bytes: number;
  result: Promise<Payload | null>;
}

/**
 * Executions of a moment ago, for all who ask for the same message: readers that come back together get what they missed
 * for one execution a message. Bounded by number, by bytes, and by a second of age.
 */
export class SharedResults {
  private readonly entries = new Map<string, Entry>();
  private bytes = 0;

  /** What was made for `key` less than a second ago, or what `make` makes. */
  get(key: string, make: () => Promise<Payload | null>): Promise<Payload | null> {
    const now = performance.now();
    this.trim(now);
    const known = this.entries.get(key);
    if (known) return known.result;
    const entry: Entry = { madeAt: now, bytes: 0, result: make() };
    this.entries.set(key, entry);
    entry.result.then(
      payload => this.weigh(key, entry, payload?.json.length ?? 0),
      () => this.remove(key, entry),
    );
    return entry.result;
  }

  /** Rights have changed: what was made before them is nobody's any more. */
  clear(): void {
    this.entries.clear();
    this.bytes = 0;
  }

  /** The oldest come first in a map: it goes by insertion. */
  private trim(now: number): void {
    for (const [key, entry] of this.entries) {
      const over = this.entries.size > MOST_ENTRIES || this.bytes > MOST_BYTES;
      if (!over && now - entry.madeAt < FRESH_MS) return;
      this.remove(key, entry);
    }
  }

  private weigh(key: string, entry: Entry, bytes: number): void {
    if (this.entries.get(key) !== entry) return;
    entry.bytes = bytes;
    this.bytes += bytes;
  }

  private remove(key: string, entry: Entry): void {
    if (this.entries.get(key) !== entry) return;
    this.entries.delete(key);
    this.bytes -= entry.bytes;
  }
}
