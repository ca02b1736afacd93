import { createHash } from 'node:crypto';
import { requestError } from '../errors';

/** Stream and filter that a cursor is valid for. */
export type CursorScope = readonly (string | null | undefined)[];

const tag = (key: CursorScope) =>
  createHash('sha256')
    .update(JSON.stringify(key.map(part => part ?? null)))
    .digest('hex')
    .slice(0, 8);

/** Key of the cursors of webhooks. Every stream accepts them, whatever its filter. */
export const LOG_KEY: CursorScope = ['log'];

/** Position in the log, after the event with the number `seq`. */
export interface LogPosition {
  seq: number;
  /** Time of that event. Undefined before the first event, and for cursors of earlier releases. */
  at?: Date | undefined;
}

/** Position of a numbered event. */
export const positionOf = ({ seq, occurredAt }: { seq: number | null; occurredAt: Date }): LogPosition => ({
  seq: seq ?? 0,
  at: occurredAt,
});

/** Cursor of a position in the stream `key`, with the event's time: after a restore another event can have its number. */
export function encodeCursor({ seq, at }: LogPosition, key: CursorScope): string {
  const time = at ? `_${at.getTime().toString(36)}` : '';
  return `${seq.toString(36)}${time}-${tag(key)}`;
}

const CURSOR = /^([0-9a-z]{1,11})(?:_([0-9a-z]{1,9}))?-([0-9a-f]{8})$/;

/** Decodes a cursor. Fails with BAD_CURSOR when it belongs to neither a stream of `keys` nor webhooks. */
export function decodeCursor(cursor: string, ...keys: CursorScope[]): LogPosition {
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
