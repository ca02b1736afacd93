import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { brotliDecompress, gunzip } from 'node:zlib';
import type { TransportLimits } from './limits';
import { HttpRefusal } from './refuse';

/** Maximum size of a body in bytes, before and after decompression. */
export const MAX_BODY_BYTES = 256 * 1024;

const LIMIT = { maxOutputLength: MAX_BODY_BYTES };
type OnDecompressed = (error: NodeJS.ErrnoException | null, bytes: Buffer) => void;

const unzip = (bytes: Buffer, done: OnDecompressed): void => gunzip(bytes, LIMIT, done);
const DECOMPRESS = {
  gzip: unzip,
  'x-gzip': unzip,
  br: (bytes: Buffer, done: OnDecompressed): void => brotliDecompress(bytes, LIMIT, done),
};
type Encoding = keyof typeof DECOMPRESS;

const refusal = (status: number, message: string) => new HttpRefusal(status, 'BAD_REQUEST', message);
const tooLarge = () => refusal(413, `A request body can have at most ${MAX_BODY_BYTES / 1024} KiB.`);

/** Receives the body. Called once, with the refusal if the body cannot be read. */
type OnBody = (refused: HttpRefusal | undefined, text: string) => void;

/**
 * Reads the body as text. Refuses a body that is too large, incomplete, in another charset or encoding, or not UTF-8. Uses
 * callbacks, because most answers are cached and take no longer than a few promises.
 */
export function readBody(request: IncomingMessage, limits: TransportLimits, done: OnBody) {
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = request.headers;
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(type)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    return done(refusal(415, `The charset ${charset} is not supported; use UTF-8.`), '');
  }
  const decompress = DECOMPRESS[encoding.toLowerCase() as Encoding];
  if (!decompress && encoding.toLowerCase() !== 'identity') {
    return done(refusal(415, `The content encoding ${encoding} is not supported; use gzip, br or none.`), '');
  }
  collect(request, limits, (refused, bytes) => {
    if (refused) return done(refused, '');
    if (!decompress) return decode(bytes, done);
    decompress(bytes, (error, inflated) => {
      if (!error) decode(inflated, done);
      else if (error.code === 'ERR_BUFFER_TOO_LARGE') done(tooLarge(), '');
      else done(refusal(400, 'The body cannot be decompressed.'), '');
    });
  });
}

function decode(bytes: Buffer, done: OnBody) {
  if (!isUtf8(bytes)) return done(refusal(400, 'The body is not valid UTF-8.'), '');
  const text = bytes.toString('utf8');
  done(undefined, text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
}

/** Buffers the body. Reads a body beyond the limit up to four times the limit, so that the client can read the refusal. */
function collect(
  request: IncomingMessage,
  { unread, sockets }: TransportLimits,
  done: (refused: HttpRefusal | undefined, bytes: Buffer) => void,
): void {
  const { socket } = request;
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isOver = false;
  const finish = (refused?: HttpRefusal): void => {
    if (isOver) return;
    isOver = true;
    unread.clear(socket);
    done(refused, joined(chunks));
  };
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) {
      chunks.push(chunk);
      unread.add(socket, chunk.length);
    } else if (bytes > 4 * MAX_BODY_BYTES) {
      finish(tooLarge());
    }
  });
  request.on('end', () => {
    sockets.markBusy(socket);
    finish(bytes > MAX_BODY_BYTES ? tooLarge() : undefined);
  });
  request.on('close', () => {
    if (!isOver) finish(refusal(400, 'The body is incomplete.'));
  });
  request.on('error', () => undefined);
}

const joined = (chunks: readonly Buffer[]): Buffer =>
  chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
