import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import Negotiator from 'negotiator';

/** Minimum size in bytes of a compressed body. Compressing a shorter one saves no packet. */
const MIN_BYTES = 1024;
/** Fast levels, because the client waits for the compression. */
const BROTLI_QUALITY = 4;
const GZIP_LEVEL = 5;
/** Maximum `Accept-Encoding` headers whose negotiated encoding is cached. */
const MAX_CACHED_HEADERS = 200;

/** Content encodings of answers, in order of preference. */
const ENCODINGS = ['br', 'gzip', 'identity'] as const;

/** Content encoding of an answer. */
export type Encoding = (typeof ENCODINGS)[number];

const encodings = new Map<string, Encoding>();

/** Preferred encoding that the client accepts by its `Accept-Encoding`. */
export function encodingFor(header: string | string[] | undefined): Encoding {
  if (header === undefined) return 'identity';
  const accepted = String(header);
  const cached = encodings.get(accepted);
  if (cached) return cached;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } });
  const offered = negotiator.encodings([...ENCODINGS]);
  const found = ENCODINGS.find(encoding => offered.includes(encoding)) ?? 'identity';
  if (encodings.size < MAX_CACHED_HEADERS) encodings.set(accepted, found);
  return found;
}

const compressors: Record<Exclude<Encoding, 'identity'>, (body: Buffer) => Promise<Buffer>> = {
  br: body =>
    promisify(brotliCompress)(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  gzip: body => promisify(gzip)(body, { level: GZIP_LEVEL }),
};

/** Body with its headers. */
interface BodyWithHeaders {
  body: Buffer;
  /** Names and values in turn. */
  headers: readonly string[];
}

const NONE: readonly string[] = [];
const VARY: readonly string[] = ['vary', 'Accept-Encoding'];

/** Returns a body for a client that accepts no compression, with its headers. */
export function uncompressed(body: Buffer): BodyWithHeaders {
  return { body, headers: body.length < MIN_BYTES ? NONE : VARY };
}

/** Compresses a body and returns it with its headers. A short body is returned unchanged. */
export async function compress(body: Buffer, encoding: Encoding): Promise<BodyWithHeaders> {
  if (encoding === 'identity' || body.length < MIN_BYTES) return uncompressed(body);
  return { body: await compressors[encoding](body), headers: [...VARY, 'content-encoding', encoding] };
}
