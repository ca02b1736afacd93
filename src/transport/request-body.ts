import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import type { FrontDoor } from './door';
import { HttpRefusal } from './refuse';

/** Largest body, in bytes, before and after decompression. */
export const MOST_BYTES = 256 * 1024;

const DECOMPRESS = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), br: promisify(brotliDecompress) };
type Encoding = keyof typeof DECOMPRESS;

const refusal = (status: number, message: string) => new HttpRefusal(status, 'BAD_REQUEST', message);
const tooLarge = () => refusal(413, `A request body can have at most ${MOST_BYTES / 1024} KiB.`);

/** Reads the body as text. Throws a refusal if it is too large, in another charset or encoding, or not UTF-8. */
export async function readBody(request: IncomingMessage, door: FrontDoor): Promise<string> {
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = request.headers;
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) throw refusal(415, `The charset ${charset} is not supported; use UTF-8.`);
  const decompress = DECOMPRESS[encoding.toLowerCase() as Encoding];
  if (!decompress && encoding.toLowerCase() !== 'identity') {
    throw refusal(415, `The content encoding ${encoding} is not supported; use gzip, br or none.`);
  }
  const bytes = await collect(request, door);
  const text = decompress ? await inflate(decompress, bytes) : bytes;
  if (!isUtf8(text)) throw refusal(400, 'The body is not valid UTF-8.');
  const decoded = text.toString('utf8');
  return decoded.charCodeAt(0) === 0xfeff ? decoded.slice(1) : decoded;
}

async function inflate(decompress: (typeof DECOMPRESS)[Encoding], bytes: Buffer): Promise<Buffer> {
  try {
    return await decompress(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw refusal(400, 'The body cannot be decompressed.');
  }
}

/** Collects the body. One that is too large is read on, so that the client gets the answer, up to four times the limit. */
function collect(request: IncomingMessage, { unread, sockets }: FrontDoor): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) {
        chunks.push(chunk);
        unread.add(request.socket, chunk.length);
      } else if (bytes > 4 * MOST_BYTES) {
        reject(tooLarge());
      }
    });
    const finish = (settle: () => void) => () => {
      unread.clear(request.socket);
      settle();
    };
    request.on(
      'end',
      finish(() => {
        sockets.work(request.socket);
        if (bytes > MOST_BYTES) reject(tooLarge());
        else resolve(joined(chunks));
      }),
    );
    request.on(
      'close',
      finish(() => reject(refusal(400, 'The body is incomplete.'))),
    );
    request.on('error', () => undefined);
  });
}

const joined = (chunks: readonly Buffer[]): Buffer =>
  chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
