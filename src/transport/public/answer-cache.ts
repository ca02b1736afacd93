import type { Cost } from '../limits/gate';

/** An answer as it goes out, but for its end, which is made for each caller. */
export interface CachedAnswer {
  /** Names and values in turn. */
  headers: readonly string[];
  body: Buffer;
  cost: Cost;
}

/** What all kept answers and their keys may take, in bytes. */
const MOST_BYTES = 32 * 1024 * 1024;
/** A request that is longer is not worth its place. */
const LONGEST_KEY = 16 * 1024;
/** Requests that came once are remembered up to this many, to know them when they come again. */
const MOST_SEEN = 2000;
/** What an entry takes besides its texts, roughly. */
const OVERHEAD = 256;

/**
 * Answers to requests that depend on the catalog alone, for one catalog: with the next one all of them are gone. Bounded
 * in bytes, in two halves: when the young half is full, what the old one still has was not asked for since and goes.
 */
export class AnswerCache {
  private young = new Map<string, CachedAnswer>();
  private old = new Map<string, CachedAnswer>();
  /** Of the young half. */
  private bytes = 0;
  private seen = new Set<string>();
  private catalog: object | undefined;

  constructor(private readonly most = MOST_BYTES) {}

  /** How many answers are kept, for the metrics. */
  get size(): number {
    return this.young.size + this.old.size;
  }

  /** The answer that was kept under `key` for exactly this catalog. */
  find(catalog: object, key: string): CachedAnswer | undefined {
    if (catalog !== this.catalog) return undefined;
    const found = this.young.get(key);
    if (found) return found;
    const answer = this.old.get(key);
    if (!answer) return undefined;
    this.old.delete(key);
    this.add(key, answer);
    return answer;
  }

  /**
   * Keeps an answer that was made with `catalog` from its beginning to its end, if the request has come before: what
   * comes once would only push out what comes often, and is not made for that.
   */
  keep(catalog: object, key: string, make: () => CachedAnswer): void {
    if (key.length > LONGEST_KEY) return;
    if (catalog !== this.catalog) this.clear(catalog);
    if (this.find(catalog, key) || !this.cameBefore(key)) return;
    this.add(key, make());
  }

  private add(key: string, answer: CachedAnswer): void {
    const bytes = 2 * key.length + answer.body.length + OVERHEAD;
    if (this.bytes + bytes > this.most / 2) {
      this.old = this.young;
      this.young = new Map();
      this.bytes = 0;
    }
    this.young.set(key, answer);
    this.bytes += bytes;
  }

  private cameBefore(key: string): boolean {
    if (this.seen.delete(key)) return true;
    if (this.seen.size >= MOST_SEEN) this.seen.clear();
    this.seen.add(key);
    return false;
  }

  private clear(catalog: object): void {
    this.catalog = catalog;
    this.young = new Map();
    this.old = new Map();
    this.bytes = 0;
  }
}
