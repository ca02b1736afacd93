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
 * Reads the body and calls `use` or `refuse`, once. Refuses a body that is too large, incomplete, or in another charset or
 * encoding. Uses callbacks, because most answers are cached and take no longer than a few promises.
 */
export function readBody(
  request: IncomingMessage,
  limits: TransportLimits,
  use: (bytes: Buffer) => void,
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
  if (!decompress) return collect(request, limits, use, refuse);
  const inflate = (bytes: Buffer) =>
    decompress(bytes, (error, inflated) => {
      if (!error) use(inflated);
      else if (error.code === 'ERR_BUFFER_TOO_LARGE') refuse(tooLarge());
      else refuse(refusal(400, 'The body cannot be decompressed.'));
    });
  collect(request, limits, inflate, refuse);
}

/** Decodes a body, without a byte order mark. Throws a refusal if it is not UTF-8. */
export function decodeBody(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw refusal(400, 'The body is not valid UTF-8.');
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Buffers the body. A body that arrived with its head, as most do, is read without the events of the stream. */
function collect(
  request: IncomingMessage,
  limits: TransportLimits,
  use: (bytes: Buffer) => void,
  refuse: Refuse,
): void {
  process.nextTick(() => {
    const arrived: Buffer | null = request.read();
    const length = arrived?.length ?? 0;
    if (arrived && length === Number(request.headers['content-length']) && length <= MAX_BODY_BYTES) {
      limits.sockets.markBusy(request.socket);
      return use(arrived);
    }
    collectChunks(request, limits, arrived, use, refuse);
  });
}

/** Buffers the chunks of a body. Reads a body beyond the limit up to four times the limit, so that the client can read the refusal. */
function collectChunks(
  request: IncomingMessage,
  { unread, sockets }: TransportLimits,
  arrived: Buffer | null,
  use: (bytes: Buffer) => void,
  refuse: Refuse,
): void {
  const incomplete = () => refuse(refusal(400, 'The body is incomplete.'));
  if (request.destroyed) {
    incomplete();
    return;
  }
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
  const add = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) {
      chunks.push(chunk);
      unread.add(socket, chunk.length);
    } else if (bytes > 4 * MAX_BODY_BYTES) {
      finish(() => refuse(tooLarge()));
    }
  };
  if (arrived) add(arrived);
  request.on('data', add);
  request.on('end', () => {
    if (!isOver) sockets.markBusy(socket);
    finish(() => (bytes > MAX_BODY_BYTES ? refuse(tooLarge()) : use(joined(chunks))));
  });
  request.on('close', () => finish(incomplete));
  request.on('error', () => undefined);
}

const joined = (chunks: readonly Buffer[]): Buffer =>
  chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
