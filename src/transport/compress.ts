import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import Negotiator from 'negotiator';

/** A shorter answer is sent as it is: compressing it saves no packet. */
const SHORTEST = 1024;
/** A fast level: answers are compressed while their clients wait. */
const BROTLI_QUALITY = 4;
const GZIP_LEVEL = 5;
/** Headers whose result is remembered. */
const MOST_KNOWN = 200;

/** Content encodings of answers, in order of preference. */
const ENCODINGS = ['br', 'gzip', 'identity'] as const;

/** One of them. */
export type Encoding = (typeof ENCODINGS)[number];

const known = new Map<string, Encoding>();

/** The preferred encoding that a client accepts by its `Accept-Encoding`. */
export function encodingFor(header: string | string[] | undefined): Encoding {
  if (header === undefined) return 'identity';
  const accepted = String(header);
  const before = known.get(accepted);
  if (before) return before;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } });
  const offered = negotiator.encodings([...ENCODINGS]);
  const found = ENCODINGS.find(encoding => offered.includes(encoding)) ?? 'identity';
  if (known.size < MOST_KNOWN) known.set(accepted, found);
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

/** Whether an answer of this many bytes is compressed for clients that accept it. */
export const isLong = (bytes: number): boolean => bytes >= SHORTEST;

/** The body in an encoding, with the headers that say so. A short body stays as it is. */
export async function compress(
  body: Buffer,
  encoding: Encoding,
): Promise<{ body: Buffer; headers: readonly string[] }> {
  if (!isLong(body.length)) return { body, headers: [] };
  const headers = ['vary', 'Accept-Encoding'];
  if (encoding === 'identity') return { body, headers };
  return { body: await compressors[encoding](body), headers: [...headers, 'content-encoding', encoding] };
}
