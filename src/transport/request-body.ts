import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { brotliDecompress, gunzip } from 'node:zlib';
import type { TransportLimits } from './limits';
import { HttpRefusal } from './refuse';

/** Maximum size of a body in bytes, before and after decompression. */
export const MAX_BODY_BYTES = 256 * 1024;

const LIMIT = { maxOutputLength: MAX_BODY_BYTES };
type Inflated = (error: NodeJS.ErrnoException | null, bytes: Buffer) => void;

const unzip = (bytes: Buffer, done: Inflated): void => gunzip(bytes, LIMIT, done);
/** Decompression by content encoding. A map, because an object has keys that nobody wrote, such as `constructor`. */
const DECOMPRESS = new Map([
  ['gzip', unzip],
  ['x-gzip', unzip],
  ['br', (bytes: Buffer, done: Inflated): void => brotliDecompress(bytes, LIMIT, done)],
]);

const refusal = (status: number, message: string) => new HttpRefusal(status, 'BAD_REQUEST', message);
const tooLarge = () => refusal(413, `A request body can have at most ${MAX_BODY_BYTES / 1024} KiB.`);

/** Receives the refusal of a body that cannot be read. */
type Refuse = (refused: HttpRefusal) => void;

/**
 * Reads the body as text and calls `use` or `refuse`, once. Refuses a body that is too large, incomplete, in another charset or
 * encoding, or not UTF-8. Uses callbacks, because most answers are cached and take no longer than a few promises.
 */
export function readBody(
  request: IncomingMessage,
  limits: TransportLimits,
  use: (text: string) => void,
  refuse: Refuse,
) {
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = request.headers;
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(type)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    return refuse(refusal(415, `The charset ${charset} is not supported; use UTF-8.`));
  }
  const decompress = DECOMPRESS.get(encoding.toLowerCase());
  if (!decompress && encoding.toLowerCase() !== 'identity') {
    return refuse(refusal(415, `The content encoding ${encoding} is not supported; use gzip, br or none.`));
  }
  const decode = (bytes: Buffer) => {
    if (!isUtf8(bytes)) return refuse(refusal(400, 'The body is not valid UTF-8.'));
    const text = bytes.toString('utf8');
    use(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  };
  if (!decompress) return collect(request, limits, decode, refuse);
  const inflate = (bytes: Buffer) =>
    decompress(bytes, (error, inflated) => {
      if (!error) decode(inflated);
      else if (error.code === 'ERR_BUFFER_TOO_LARGE') refuse(tooLarge());
      else refuse(refusal(400, 'The body cannot be decompressed.'));
    });
  collect(request, limits, inflate, refuse);
}

/** Buffers the body. Reads a body beyond the limit up to four times the limit, so that the client can read the refusal. */
function collect(
  request: IncomingMessage,
  { unread, sockets }: TransportLimits,
  use: (bytes: Buffer) => void,
  refuse: Refuse,
): void {
  const { socket } = request;
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isOver = false;
  const finish = (settle: () => void): void => {
    if (isOver) return;
    isOver = true;
    unread.clear(socket);
    settle();
  };
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) {
      chunks.push(chunk);
      unread.add(socket, chunk.length);
    } else if (bytes > 4 * MAX_BODY_BYTES) {
      finish(() => refuse(tooLarge()));
    }
  });
  request.on('end', () => {
    sockets.markBusy(socket);
    finish(() => (bytes > MAX_BODY_BYTES ? refuse(tooLarge()) : use(joined(chunks))));
  });
  request.on('close', () => finish(() => refuse(refusal(400, 'The body is incomplete.'))));
  request.on('error', () => undefined);
}

const joined = (chunks: readonly Buffer[]): Buffer =>
  chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
