import { createHash } from 'node:crypto';
import { requestError } from '../errors';

/** Which stream, with which filter, a cursor belongs to. */
export type StreamKey = readonly (string | null | undefined)[];

const tag = (key: StreamKey) =>
  createHash('sha256')
    .update(JSON.stringify(key.map(part => part ?? null)))
    .digest('hex')
    .slice(0, 8);

/** The cursors of webhooks: places in the log that every stream takes too, whatever its filter. */
export const LOG_KEY: StreamKey = ['log'];

/** A place in the stream `key`: after the event numbered `seq`. */
export function encodeCursor(seq: number, key: StreamKey): string {
  return `${seq.toString(36)}-${tag(key)}`;
}

/** The number in `cursor`; refuses with BAD_CURSOR what was given out neither for a stream of `keys` nor for webhooks. */
export function decodeCursor(cursor: string, ...keys: StreamKey[]): number {
  const [number, mark, more] = cursor.split('-', 3);
  const seq = Number.parseInt(number ?? '', 36);
  if (more !== undefined || mark === undefined || !Number.isSafeInteger(seq) || seq < 0) {
    throw requestError('BAD_CURSOR', '`after` is not a cursor of this gateway.');
  }
  if (![LOG_KEY, ...keys].some(key => mark === tag(key))) {
    throw requestError('BAD_CURSOR', '`after` comes from another stream, or from one with another filter.');
  }
  return seq;
}
