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

/** Whether a body of this size is compressed for clients that accept it. */
const isCompressible = (bytes: number): boolean => bytes >= MIN_BYTES;

/** Body with the headers of its encoding, names and values in turn. */
interface CompressedBody {
  body: Buffer;
  headers: readonly string[];
}

/** Compresses a body and returns it with the headers of its encoding. A short body is returned unchanged. */
export async function compress(body: Buffer, encoding: Encoding): Promise<CompressedBody> {
  if (encoding === 'identity' || !isCompressible(body.length)) return { body, headers: [] };
  return { body: await compressors[encoding](body), headers: ['content-encoding', encoding] };
}

/** `Vary` of an answer of this size that no HTTP cache stores. */
export const varyOf = (bytes: number): readonly string[] =>
  isCompressible(bytes) ? ['vary', 'Accept-Encoding'] : [];
