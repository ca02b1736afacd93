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

/** A place in the log: after the event numbered `seq`. */
export interface Place {
  seq: number;
  /** Time of that event; undefined where none is known: before the first event, or of a cursor of an earlier release. */
  at?: Date | undefined;
}

/** Place of an event that has its number. */
export const placeOfEvent = ({ seq, occurredAt }: { seq: number | null; occurredAt: Date }): Place => ({
  seq: seq ?? 0,
  at: occurredAt,
});

/**
 * The cursor of `place` in the stream `key`. It names the event that it stands on by number and time: after a backup was
 * restored, another event can have the number. Earlier releases read the number and ignore the time.
 */
export function encodeCursor({ seq, at }: Place, key: StreamKey): string {
  const time = at ? `_${at.getTime().toString(36)}` : '';
  return `${seq.toString(36)}${time}-${tag(key)}`;
}

const CURSOR = /^([0-9a-z]{1,11})(?:_([0-9a-z]{1,9}))?-([0-9a-f]{8})$/;

/** The place of `cursor`; refuses with BAD_CURSOR what was given out neither for a stream of `keys` nor for webhooks. */
export function decodeCursor(cursor: string, ...keys: StreamKey[]): Place {
  const [, number, time, mark] = CURSOR.exec(cursor) ?? [];
  const seq = Number.parseInt(number ?? '', 36);
  if (!Number.isSafeInteger(seq)) {
    throw requestError('BAD_CURSOR', '`after` is not a cursor of this gateway.');
  }
  if (![LOG_KEY, ...keys].some(key => mark === tag(key))) {
    throw requestError('BAD_CURSOR', '`after` comes from another stream, or from one with another filter.');
  }
  return { seq, at: time === undefined ? undefined : new Date(Number.parseInt(time, 36)) };
}
