import { type DomainEvent, StreamResetReason } from '../../entities';
import { requestError } from '../../errors';
import { decodeCursor, type EventLog, type StreamKey } from '../../events';

/** A reader that was up to date and then fell this many events behind gets a snapshot instead of them. */
const MOST_BEHIND = 5000;

/** Where a reader with the cursor `after` begins, or one without; refuses a cursor that was not given out by this stream. */
export async function startingPoint(
  log: EventLog,
  after: string | null | undefined,
  key: StreamKey,
): Promise<number> {
  await log.catchUp();
  const start = after ? decodeCursor(after, key) : log.head;
  if (start > log.head) throw requestError('BAD_CURSOR', '`after` lies in the future of this gateway.');
  return start;
}

/** What a reader of the log gets: the next event that it accepts, or word that events were lost to it. */
export type Followed = { event: DomainEvent } | { lost: StreamResetReason; cursor: number };

/**
 * The events after `cursor` that `accepts` lets through: those that are missed, then those that come, until `signal` is
 * aborted. The reader pulls: it holds nothing but its cursor, so one that stalls costs nothing and bothers nobody.
 */
export async function* follow(
  log: EventLog,
  cursor: number,
  accepts: (event: DomainEvent) => boolean,
  signal: AbortSignal,
): AsyncGenerator<Followed> {
  let at = cursor;
  let upToDate = false;
  if (!(await log.keeps(at))) {
    at = log.head;
    yield { lost: StreamResetReason.CURSOR_EXPIRED, cursor: at };
  }
  while (!signal.aborted) {
    if (upToDate && log.head - at > MOST_BEHIND) {
      at = log.head;
      yield { lost: StreamResetReason.TOO_SLOW, cursor: at };
    }
    const events = await log.after(at);
    for (const event of events) {
      at = event.seq ?? at;
      if (accepts(event)) yield { event };
    }
    if (events.length > 0) continue;
    upToDate = true;
    await log.whenAfter(at, signal);
  }
}
