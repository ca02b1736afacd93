import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, type GraphQLError, Kind, parse, stripIgnoredCharacters } from 'graphql';
import type { Logger } from 'pino';
import type { CallerKind, TrustMode } from '../../config';
import { requestError } from '../../errors';
import type { Actor } from '../../policies';

const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex');

/** The documents that our own clients send, known by the SHA-256 of their text. */
export class Manifest {
  /** What its operations are called. */
  readonly operationNames = new Set<string>();
  private readonly texts = new Map<string, string>();
  /** Without spaces, commas and comments, which a bundler may have taken out. */
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

  /** Every `.graphql` file in `folder`, and the texts in the JSON file `list`; nothing of what is not there. */
  static read(folder: string, list: string): Manifest {
    const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.graphql')) : [];
    const texts: string[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
    return new Manifest([...names.map(name => readFileSync(join(folder, name), 'utf8')), ...texts]);
  }

  textOf(documentId: string): string | undefined {
    return this.texts.get(documentId);
  }

  /** Whether the text is that of a trusted document, whatever its spaces and comments. */
  has(document: DocumentNode, text: string): boolean {
    const known = this.trusted.get(document);
    if (known !== undefined) return known;
    const has = this.bare.has(fingerprint(stripIgnoredCharacters(text)));
    this.trusted.set(document, has);
    return has;
  }
}

const STRICTNESS: readonly TrustMode[] = ['off', 'log', 'enforce'];

/** The mode for a caller: that of its role, of several roles the most lenient. */
function modeOf(modes: Readonly<Record<CallerKind, TrustMode>>, actor: Actor | null): TrustMode {
  const of = actor ? actor.roles.map(role => modes[role]) : [modes.ANONYMOUS];
  return STRICTNESS.find(mode => of.includes(mode)) ?? modes.ANONYMOUS;
}

/** The refusal of a document that is not in the manifest, where the caller's role asks for that. */
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
  log.warn({ documentId: `sha256:${fingerprint(text)}`, userId: actor?.userId }, 'an untrusted document');
  return undefined;
}
