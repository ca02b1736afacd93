import type { Cost } from '../../graphql';
import type { Encoding } from '../compress';
import type { AnswerHeaders, PreparedAnswer } from './prepared-answer';

/** Key of an answer: everything that it depends on, except the catalog. */
export interface AnswerKey {
  /** Price list, roles and head of the request. */
  scope: string;
  /** Body of the request, as it arrived. */
  body: Buffer;
}

/** Cached answer, in each encoding in which it was sent. */
export interface CachedAnswer extends AnswerHeaders {
  source: Buffer;
  encoded: Partial<Record<Encoding, PreparedAnswer | Promise<PreparedAnswer>>>;
  cost: Cost;
}

/** Maximum size of the cache in bytes, keys included. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Maximum length of a key. Answers to longer requests are not cached. */
const MAX_KEY_CHARACTERS = 16 * 1024;
/** Number of recent answers that are found without hashing a key, and maximum length of such a key. */
const MAX_RECENT = 256;
const MAX_RECENT_CHARACTERS = 4 * 1024;
/** Maximum total length of the keys that were requested once. */
const MAX_REQUESTED_CHARACTERS = 2 * 1024 * 1024;
/** Approximate overhead of an entry, with its heads in three encodings, in bytes. */
const ENTRY_BYTES = 2560;

/** Upper estimate of the compressed size, relative to the answer. */
const COMPRESSION_RATIO = 0.5;

/** Answer with its key. */
interface Recent extends AnswerKey {
  answer: CachedAnswer;
}

const lengthOf = ({ scope, body }: AnswerKey): number => scope.length + body.length;
/** Text of a key. Bytes are characters: most bodies are never decoded. */
const textOf = ({ scope, body }: AnswerKey): string => `${scope}\n${body.toString('latin1')}`;

/**
 * Cache of answers that depend on nothing but the catalog, for one version of it. Bounded in bytes, in two generations:
 * when the young one is full, the old one is dropped, with the answers that were not used since.
 */
export class AnswerCache {
  private young = new Map<string, CachedAnswer>();
  private old = new Map<string, CachedAnswer>();
  /** Answers of the young generation by the length of their key: comparing bytes takes less than hashing them. */
  private recent: (Recent | undefined)[] = [];
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
  find(catalog: object, key: AnswerKey): CachedAnswer | undefined {
    const length = lengthOf(key);
    if (catalog !== this.catalog || length > MAX_KEY_CHARACTERS) return undefined;
    const recent = this.recent[length % MAX_RECENT];
    if (recent && recent.scope === key.scope && recent.body.equals(key.body)) return recent.answer;
    const answer = this.findByText(textOf(key));
    // A copy, because a body can be part of a larger buffer.
    if (answer && length <= MAX_RECENT_CHARACTERS) {
      this.recent[length % MAX_RECENT] = { scope: key.scope, body: Buffer.from(key.body), answer };
    }
    return answer;
  }

  /** Caches the answer for a version of the catalog, from the second request with the same key. */
  store(catalog: object, key: AnswerKey, make: () => CachedAnswer): void {
    if (lengthOf(key) > MAX_KEY_CHARACTERS) return;
    if (catalog !== this.catalog) this.clear(catalog);
    const text = textOf(key);
    if (this.findByText(text) || !this.wasRequested(text)) return;
    this.add(text, make());
  }

  private findByText(text: string): CachedAnswer | undefined {
    const found = this.young.get(text);
    if (found) return found;
    const answer = this.old.get(text);
    if (!answer) return undefined;
    this.old.delete(text);
    this.add(text, answer);
    return answer;
  }

  private add(key: string, answer: CachedAnswer): void {
    const bytes = 2 * key.length + answer.source.length * (1 + 2 * COMPRESSION_RATIO) + ENTRY_BYTES;
    if (this.bytes + bytes > this.maxBytes / 2) {
      this.old = this.young;
      this.young = new Map();
      this.recent = [];
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
    this.recent = [];
    this.young = new Map();
    this.old = new Map();
    this.bytes = 0;
  }
}
