import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, type GraphQLError, Kind, parse, stripIgnoredCharacters } from 'graphql';
import type { Logger } from 'pino';
import type { CallerKind, TrustMode } from '../config';
import { requestError } from '../errors';
import type { Actor } from '../policies';
import { type ManifestEntry, readManifestFile } from './manifest-file';

const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex');

/** Trusted documents by their ids: the SHA-256 of their text, and the id in the manifest that lists them. */
export class Manifest {
  /** Names of the operations. */
  readonly operationNames = new Set<string>();
  private readonly texts = new Map<string, string>();
  /** Hashes of the texts without spaces, commas and comments, which bundlers remove. */
  private readonly normalizedHashes = new Set<string>();
  private readonly cache = new WeakMap<DocumentNode, boolean>();

  constructor(documents: readonly ManifestEntry[]) {
    for (const { id, text } of documents) {
      if (id !== undefined) this.texts.set(id, text);
      this.texts.set(`sha256:${fingerprint(text)}`, text);
      this.normalizedHashes.add(fingerprint(stripIgnoredCharacters(text)));
      for (const node of parse(text, { noLocation: true }).definitions) {
        if (node.kind === Kind.OPERATION_DEFINITION && node.name) this.operationNames.add(node.name.value);
      }
    }
  }

  /** Reads every `.graphql` file in `folder`, the list that the build writes, and the manifests of the operator. The first two count as empty if missing. */
  static read(folder: string, list: string, manifests: readonly string[] = []): Manifest {
    const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.graphql')) : [];
    const files = existsSync(list) ? [list, ...manifests] : manifests;
    return new Manifest([
      ...names.map(name => ({ text: readFileSync(join(folder, name), 'utf8') })),
      ...files.flatMap(readManifestFile),
    ]);
  }

  /** Returns the text of a document id: `sha256:…`, or an id of a manifest. */
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
