import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, type GraphQLError, Kind, parse, stripIgnoredCharacters } from 'graphql';
import type { Logger } from 'pino';
import type { CallerKind, TrustMode } from '../config';
import { requestError } from '../errors';
import type { Actor } from '../policies';

const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex');

/** Documents of our own clients by the SHA-256 of their text. */
export class Manifest {
  /** Names of its operations. */
  readonly operationNames = new Set<string>();
  private readonly texts = new Map<string, string>();
  /** Hashes without spaces, commas and comments, which a bundler removes. */
  private readonly bare = new Set<string>();
  private readonly trusted = new WeakMap<DocumentNode, boolean>();

  constructor(documents: readonly string[]) {
    for (const text of documents) {
      this.texts.set(`sha256:${fingerprint(text)}`, text);
      this.bare.add(fingerprint(stripIgnoredCharacters(text)));
      for (const node of parse(text, { noLocation: true }).definitions) {
        if (node.kind === Kind.OPERATION_DEFINITION && node.name) this.operationNames.add(node.name.value);
      }
    }
  }

  /** Reads every `.graphql` file in `folder` and the texts in the JSON file `list`. A missing one counts as empty. */
  static read(folder: string, list: string): Manifest {
    const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.graphql')) : [];
    const texts: string[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
    return new Manifest([...names.map(name => readFileSync(join(folder, name), 'utf8')), ...texts]);
  }

  textOf(documentId: string): string | undefined {
    return this.texts.get(documentId);
  }

  /** Whether the text is a trusted document, apart from spaces and comments. */
  has(document: DocumentNode, text: string): boolean {
    const known = this.trusted.get(document);
    if (known !== undefined) return known;
    const has = this.bare.has(fingerprint(stripIgnoredCharacters(text)));
    this.trusted.set(document, has);
    return has;
  }
}

const STRICTNESS: readonly TrustMode[] = ['off', 'log', 'enforce'];

/** Mode for a caller: the most lenient of its roles. */
function modeOf(modes: Readonly<Record<CallerKind, TrustMode>>, actor: Actor | null): TrustMode {
  const of = actor ? actor.roles.map(role => modes[role]) : [modes.ANONYMOUS];
  return STRICTNESS.find(mode => of.includes(mode)) ?? modes.ANONYMOUS;
}

/** The error for a document that is not in the manifest, if the caller's role may send no other. */
export function refuseUntrusted(
  manifest: Manifest,
  modes: Readonly<Record<CallerKind, TrustMode>>,
  document: DocumentNode,
  text: string,
  actor: Actor | null,
  log: Logger,
): GraphQLError | undefined {
  const mode = modeOf(modes, actor);
  if (mode === 'off' || manifest.has(document, text)) return undefined;
  if (mode === 'enforce') return requestError('DOCUMENT_NOT_TRUSTED');
  log.warn({ documentId: `sha256:${fingerprint(text)}`, userId: actor?.userId }, 'untrusted document');
  return undefined;
}
