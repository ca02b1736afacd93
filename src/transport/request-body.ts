import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { brotliDecompress, gunzip } from 'node:zlib';
import type { FrontDoor } from './door';
import { HttpRefusal } from './refuse';

/** Largest body, in bytes, before and after decompression. */
export const MOST_BYTES = 256 * 1024;

const LIMIT = { maxOutputLength: MOST_BYTES };
type Inflated = (error: NodeJS.ErrnoException | null, bytes: Buffer) => void;

const unzip = (bytes: Buffer, done: Inflated): void => gunzip(bytes, LIMIT, done);
const DECOMPRESS = {
  gzip: unzip,
  'x-gzip': unzip,
  br: (bytes: Buffer, done: Inflated): void => brotliDecompress(bytes, LIMIT, done),
};
type Encoding = keyof typeof DECOMPRESS;

const refusal = (status: number, message: string) => new HttpRefusal(status, 'BAD_REQUEST', message);
const tooLarge = () => refusal(413, `A request body can have at most ${MOST_BYTES / 1024} KiB.`);

/** What is done with a body: called once, with the refusal if it cannot be read. */
type Done = (refused: HttpRefusal | undefined, text: string) => void;

/**
 * Reads the body as text. Refused are one that is too large, incomplete, in another charset or encoding, or not UTF-8. There
 * is no promise in it, for most answers are kept ones and take no longer than a few of those.
 */
export function readBody(request: IncomingMessage, door: FrontDoor, done: Done) {
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = request.headers;
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(type)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    return done(refusal(415, `The charset ${charset} is not supported; use UTF-8.`), '');
  }
  const decompress = DECOMPRESS[encoding.toLowerCase() as Encoding];
  if (!decompress && encoding.toLowerCase() !== 'identity') {
    return done(refusal(415, `The content encoding ${encoding} is not supported; use gzip, br or none.`), '');
  }
  collect(request, door, (refused, bytes) => {
    if (refused) return done(refused, '');
    if (!decompress) return decode(bytes, done);
    decompress(bytes, (error, inflated) => {
      if (!error) decode(inflated, done);
      else if (error.code === 'ERR_BUFFER_TOO_LARGE') done(tooLarge(), '');
      else done(refusal(400, 'The body cannot be decompressed.'), '');
    });
  });
}

function decode(bytes: Buffer, done: Done) {
  if (!isUtf8(bytes)) return done(refusal(400, 'The body is not valid UTF-8.'), '');
  const text = bytes.toString('utf8');
  done(undefined, text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
}

/** Collects the body. One that is too large is read on, so that the client gets the answer, up to four times the limit. */
function collect(
  request: IncomingMessage,
  { unread, sockets }: FrontDoor,
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
    if (bytes <= MOST_BYTES) {
      chunks.push(chunk);
      unread.add(socket, chunk.length);
    } else if (bytes > 4 * MOST_BYTES) {
      finish(tooLarge());
    }
  });
  request.on('end', () => {
    sockets.work(socket);
    finish(bytes > MOST_BYTES ? tooLarge() : undefined);
  });
  request.on('close', () => {
    if (!isOver) finish(refusal(400, 'The body is incomplete.'));
  });
  request.on('error', () => undefined);
}

const joined = (chunks: readonly Buffer[]): Buffer =>
  chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
