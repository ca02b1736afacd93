import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, type GraphQLError, Kind, parse, stripIgnoredCharacters } from 'graphql';
import type { Logger } from 'pino';
import type { CallerKind, TrustMode } from '../config';
import { requestError } from '../errors';
import type { Actor } from '../policies';

const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex');

/** Trusted documents by the SHA-256 of their text. */
export class Manifest {
  /** Names of the operations. */
  readonly operationNames = new Set<string>();
  private readonly texts = new Map<string, string>();
  /** Hashes of the texts without spaces, commas and comments, which bundlers remove. */
  private readonly normalizedHashes = new Set<string>();
  private readonly cache = new WeakMap<DocumentNode, boolean>();

  constructor(documents: readonly string[]) {
    for (const text of documents) {
      this.texts.set(`sha256:${fingerprint(text)}`, text);
      this.normalizedHashes.add(fingerprint(stripIgnoredCharacters(text)));
      for (const node of parse(text, { noLocation: true }).definitions) {
        if (node.kind === Kind.OPERATION_DEFINITION && node.name) this.operationNames.add(node.name.value);
      }
    }
  }

  /** Reads every `.graphql` file in `folder` and the texts in the JSON file `list`. Missing ones count as empty. */
  static read(folder: string, list: string): Manifest {
    const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.graphql')) : [];
    const texts: string[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
    return new Manifest([...names.map(name => readFileSync(join(folder, name), 'utf8')), ...texts]);
  }

  /** Returns the text of a document id (`sha256:…`). */
  textOf(documentId: string): string | undefined {
    return this.texts.get(documentId);
  }

  /** Whether a document is trusted, ignoring spaces and comments. */
  isTrusted(document: DocumentNode, text: string): boolean {
    const cached = this.cache.get(document);
    if (cached !== undefined) return cached;
    const trusted = this.normalizedHashes.has(fingerprint(stripIgnoredCharacters(text)));
    this.cache.set(document, trusted);
    return trusted;
  }
}

const STRICTNESS: readonly TrustMode[] = ['off', 'log', 'enforce'];

/** Trust mode of a caller: the most lenient of its roles. */
function modeOf(modes: Readonly<Record<CallerKind, TrustMode>>, actor: Actor | null): TrustMode {
  const of = actor ? actor.roles.map(role => modes[role]) : [modes.ANONYMOUS];
  return STRICTNESS.find(mode => of.includes(mode)) ?? modes.ANONYMOUS;
}

/** Returns the error for a document outside the manifest, if the trust mode of the caller is `enforce`. */
export function refuseUntrusted(
  manifest: Manifest,
  modes: Readonly<Record<CallerKind, TrustMode>>,
  document: DocumentNode,
  text: string,
  actor: Actor | null,
  log: Logger,
): GraphQLError | undefined {
  const mode = modeOf(modes, actor);
  if (mode === 'off' || manifest.isTrusted(document, text)) return undefined;
  if (mode === 'enforce') return requestError('DOCUMENT_NOT_TRUSTED');
  log.warn({ documentId: `sha256:${fingerprint(text)}`, userId: actor?.userId }, 'untrusted document');
  return undefined;
}
