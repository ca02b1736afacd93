import type { Cost } from '../limits/gate';

/** An answer as it goes out, but for its end, which is made for each caller. */
export interface CachedAnswer {
  headers: readonly (readonly [name: string, value: string])[];
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
 * in bytes; what was used last stays longest.
 */
export class AnswerCache {
  private answers = new Map<string, CachedAnswer>();
  private bytes = 0;
  private seen = new Set<string>();
  private catalog: object | undefined;

  constructor(private readonly most = MOST_BYTES) {}

  /** How many answers are kept, for the metrics. */
  get size(): number {
    return this.answers.size;
  }

  /** The answer that was kept under `key` for exactly this catalog. */
  find(catalog: object, key: string): CachedAnswer | undefined {
    if (catalog !== this.catalog) return undefined;
    const answer = this.answers.get(key);
    if (answer === undefined) return undefined;
    this.answers.delete(key);
    this.answers.set(key, answer);
    return answer;
  }

  /**
   * Keeps an answer that was made with `catalog` from its beginning to its end, if the request has come before: what
   * comes once would only push out what comes often.
   */
  keep(catalog: object, key: string, answer: CachedAnswer): void {
    if (key.length > LONGEST_KEY) return;
    if (catalog !== this.catalog) this.clear(catalog);
    if (this.answers.has(key) || !this.cameBefore(key)) return;
    this.answers.set(key, answer);
    this.bytes += weight(key, answer);
    for (const [oldest, dropped] of this.answers) {
      if (this.bytes <= this.most) break;
      this.answers.delete(oldest);
      this.bytes -= weight(oldest, dropped);
    }
  }

  private cameBefore(key: string): boolean {
    if (this.seen.delete(key)) return true;
    if (this.seen.size >= MOST_SEEN) this.seen.clear();
    this.seen.add(key);
    return false;
  }

  private clear(catalog: object): void {
    this.catalog = catalog;
    this.answers = new Map();
    this.bytes = 0;
  }
}

const weight = (key: string, { body }: CachedAnswer) => 2 * key.length + body.length + OVERHEAD;
