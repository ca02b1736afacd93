import type { Cost } from '../../graphql';
import type { Encoding } from '../compress';
import type { PreparedHead } from '../gateway-response';

/** Body of a cached answer in one encoding. */
export interface EncodedBody {
  body: Buffer;
  head: PreparedHead;
}

/** Cached answer, in each encoding in which it was sent. */
export interface CachedAnswer {
  /** Names and values in turn. */
  headers: readonly string[];
  source: Buffer;
  encoded: Partial<Record<Encoding, EncodedBody | Promise<EncodedBody>>>;
  cost: Cost;
}

/** Maximum size of the cache in bytes, keys included. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Maximum length of a key. Answers to longer requests are not cached. */
const MAX_KEY_CHARACTERS = 16 * 1024;
/** Maximum total length of the keys that were requested once. */
const MAX_REQUESTED_CHARACTERS = 2 * 1024 * 1024;
/** Approximate overhead of an entry, in bytes. */
const ENTRY_BYTES = 256;

/** Upper estimate of the compressed size, relative to the answer. */
const COMPRESSION_RATIO = 0.5;

/**
 * Cache of answers that depend on nothing but the catalog, for one version of it. Bounded in bytes, in two generations:
 * when the young one is full, the old one is dropped, with the answers that were not used since.
 */
export class AnswerCache {
  private young = new Map<string, CachedAnswer>();
  private old = new Map<string, CachedAnswer>();
  /** Size of the young generation. */
  private bytes = 0;
  private readonly requested = new Set<string>();
  private requestedCharacters = 0;
  private catalog: object | undefined;

  constructor(private readonly maxBytes = MAX_BYTES) {}

  /** Number of cached answers, for the metrics. */
  get size(): number {
    return this.young.size + this.old.size;
  }

  /** Returns the cached answer for this key and version of the catalog. */
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

  /** Caches the answer for a version of the catalog, from the second request with the same key. */
  store(catalog: object, key: string, make: () => CachedAnswer): void {
    if (key.length > MAX_KEY_CHARACTERS) return;
    if (catalog !== this.catalog) this.clear(catalog);
    if (this.find(catalog, key) || !this.wasRequested(key)) return;
    this.add(key, make());
  }

  private add(key: string, answer: CachedAnswer): void {
    const bytes = 2 * key.length + answer.source.length * (1 + 2 * COMPRESSION_RATIO) + ENTRY_BYTES;
    if (this.bytes + bytes > this.maxBytes / 2) {
      this.old = this.young;
      this.young = new Map();
      this.bytes = 0;
    }
    this.young.set(key, answer);
    this.bytes += bytes;
  }

  private wasRequested(key: string): boolean {
    if (this.requested.delete(key)) {
      this.requestedCharacters -= key.length;
      return true;
    }
    if (this.requestedCharacters + key.length > MAX_REQUESTED_CHARACTERS) {
      this.requested.clear();
      this.requestedCharacters = 0;
    }
    this.requested.add(key);
    this.requestedCharacters += key.length;
    return false;
  }

  private clear(catalog: object): void {
    this.catalog = catalog;
    this.young = new Map();
    this.old = new Map();
    this.bytes = 0;
  }
}
