import type { Cost } from '../../graphql';
import type { Encoding } from '../compress';

/** The body of a kept answer in one encoding. */
export interface Encoded {
  body: Buffer;
  headers: readonly string[];
}

/** A kept answer, in each encoding in which it was sent. */
export interface CachedAnswer {
  /** Names and values in turn. */
  headers: readonly string[];
  source: Buffer;
  encoded: Partial<Record<Encoding, Encoded | Promise<Encoded>>>;
  cost: Cost;
}

/** Bound on all kept answers and their keys, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** A longer request is not kept. */
const LONGEST_KEY = 16 * 1024;
/** Keys that came once are remembered up to this number of characters. */
const MOST_SEEN = 2 * 1024 * 1024;
/** Approximate bytes of an entry beside its texts. */
const OVERHEAD = 256;

/** A compressed copy takes less than this part of the answer. */
const COMPRESSED = 0.5;

/**
 * Answers to requests that depend on nothing but the catalog, for one version of it. Bounded in bytes, in two halves: when
 * the young half is full, the old half is dropped, and with it the answers that were not sent since.
 */
export class AnswerCache {
  private young = new Map<string, CachedAnswer>();
  private old = new Map<string, CachedAnswer>();
  /** Of the young half. */
  private bytes = 0;
  private readonly seen = new Set<string>();
  private seenCharacters = 0;
  private catalog: object | undefined;

  constructor(private readonly most = MOST_BYTES) {}

  /** Number of kept answers, for the metrics. */
  get size(): number {
    return this.young.size + this.old.size;
  }

  /** The answer that is kept under `key` for this version of the catalog. */
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

  /** Keeps an answer that was made with one version of the catalog, if the request came before. */
  keep(catalog: object, key: string, make: () => CachedAnswer): void {
    if (key.length > LONGEST_KEY) return;
    if (catalog !== this.catalog) this.clear(catalog);
    if (this.find(catalog, key) || !this.cameBefore(key)) return;
    this.add(key, make());
  }

  private add(key: string, answer: CachedAnswer): void {
    const bytes = 2 * key.length + answer.source.length * (1 + 2 * COMPRESSED) + OVERHEAD;
    if (this.bytes + bytes > this.most / 2) {
      this.old = this.young;
      this.young = new Map();
      this.bytes = 0;
    }
    this.young.set(key, answer);
    this.bytes += bytes;
  }

  private cameBefore(key: string): boolean {
    if (this.seen.delete(key)) {
      this.seenCharacters -= key.length;
      return true;
    }
    if (this.seenCharacters + key.length > MOST_SEEN) {
      this.seen.clear();
      this.seenCharacters = 0;
    }
    this.seen.add(key);
    this.seenCharacters += key.length;
    return false;
  }

  private clear(catalog: object): void {
    this.catalog = catalog;
    this.young = new Map();
    this.old = new Map();
    this.bytes = 0;
  }
}
