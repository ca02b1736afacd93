import type { DomainEvent, StreamResetReason } from '../../entities';
import { requestError } from '../../errors';
import { type CursorScope, decodeCursor, type EventLog, type LogPosition } from '../../events';
import type { Actor } from '../../policies';
import type { ActorContext } from '../context';

/**
 * A message of a stream before it is sent. It is made anew for every message with a context of its own, so it shows the
 * state that is; null where its viewer may not see it (any more).
 */
export interface Message {
  /** Cursor of the message, to resume after it. */
  cursor: string;
  /** Distinguishes messages with the same cursor. */
  kind: 'update' | 'snapshot' | 'reset';
  make(context: ActorContext): Promise<object | null>;
}

/** Events that a reader will not be told of: those after the number `from`, up to and with `upTo`. */
export interface MissedEvents {
  from: number;
  upTo: number;
}

/**
 * What one subscription is about: which events of the log it takes and what they become. It reads nothing by itself:
 * the transport reads the log once for all feeds, and sends at the pace of each reader.
 */
export abstract class Feed implements AsyncIterable<never> {
  /** A reader that fell further behind than this many events of the log gets `lost` in place of them. */
  abstract readonly maxLag: number;

  /** @param start the number of the last event that the reader has, or needs not have. */
  constructor(readonly start: number) {}

  /** First message of the stream. */
  abstract opening(): Message[];
  /** Topic that `viewer` waits for: one that `topicsOf` returns for every event that `accepts` accepts. */
  abstract topic(viewer: Actor): string;
  /** Whether the event is for this feed and, as far as can be told without the database, for `viewer`. */
  abstract accepts(event: DomainEvent, viewer: Actor): boolean;
  abstract message(event: DomainEvent): Message;
  /** Message sent in place of lost messages. Throws if the loss ends the stream. */
  abstract lost(reason: StreamResetReason, lost: MissedEvents): Message[];

  /** Required by GraphQL. */
  [Symbol.asyncIterator](): AsyncIterator<never> {
    throw new Error('A feed is read by the transport.');
  }
}

/** Topic of viewers who see everything or cannot narrow it down. */
export const ALL_TOPICS = '*';

/** Topics of an event. */
export function topicsOf({ orderId, subscriptionId, accountId, resellerId }: DomainEvent): Set<string> {
  const topics = new Set([ALL_TOPICS]);
  for (const id of [orderId, subscriptionId, accountId, resellerId]) if (id !== null) topics.add(id);
  return topics;
}

/** Position at which a reader starts. Refuses a foreign cursor. `Last-Event-ID` of the transport precedes `after`. */
export async function startPosition(
  { events, resumeAfter }: { events: EventLog; resumeAfter?: string },
  after: string | null | undefined,
  key: CursorScope,
): Promise<{ place: LogPosition; resumed: boolean }> {
  await events.catchUp();
  const cursor = resumeAfter ?? after;
  if (!cursor) return { place: await events.headPosition(), resumed: false };
  const place = decodeCursor(cursor, key);
  if (!(await events.contains(place))) {
    throw requestError('BAD_CURSOR', '`after` points to an event that this gateway does not have.');
  }
  return { place, resumed: true };
}
