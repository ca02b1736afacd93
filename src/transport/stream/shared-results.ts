import type { Payload } from './payload';

/** Maximum age of a result in milliseconds. */
const MAX_AGE_MS = 1000;
const MAX_ENTRIES = 4096;
const MAX_BYTES = 8 * 1024 * 1024;

interface Entry {
  createdAt: number;
  bytes: number;
  result: Promise<Payload | null>;
}

/** Recent executions by message, for readers that reconnect together. Bounded by number, bytes and age. */
export class SharedResults {
  private readonly entries = new Map<string, Entry>();
  private bytes = 0;

  /** Returns the cached result of `key`, or executes `make`. */
  get(key: string, make: () => Promise<Payload | null>): Promise<Payload | null> {
    const now = performance.now();
    this.evict(now);
    const known = this.entries.get(key);
    if (known) return known.result;
    const entry: Entry = { createdAt: now, bytes: 0, result: make() };
    this.entries.set(key, entry);
    entry.result.then(
      payload => this.recordSize(key, entry, payload?.json.length ?? 0),
      () => this.remove(key, entry),
    );
    return entry.result;
  }

  /** Discards all results, because rights or retail prices have changed. */
  clear(): void {
    this.entries.clear();
    this.bytes = 0;
  }

  /** Removes expired results, and the oldest beyond the bounds. A Map iterates in insertion order. */
  private evict(now: number): void {
    for (const [key, entry] of this.entries) {
      const over = this.entries.size > MAX_ENTRIES || this.bytes > MAX_BYTES;
      if (!over && now - entry.createdAt < MAX_AGE_MS) return;
      this.remove(key, entry);
    }
  }

  private recordSize(key: string, entry: Entry, bytes: number): void {
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
