import { CancellationRequest, CancellationUpdate, type DomainEvent } from '../../entities';
import { requestError } from '../../errors';
import { type CursorScope, encodeCursor, positionOf } from '../../events';
import { type Actor, isStaff, mightSee } from '../../policies';
import { findVisible } from '../../store';
import type { ActorContext } from '../context';
import { ALL_TOPICS, Feed, type Message, startPosition } from './feed';

/** Key of the cursors of the cancellation stream. */
export const CANCELLATION_KEY: CursorScope = ['cancellation'];

/**
 * Cancellation requests that are opened, decided, withdrawn or completed: the queue of an account manager, and what
 * became of one's own for everybody else. With `after` exactly what was missed since, then live; without, live only. It
 * has no message that says that others are lost: where they are no longer kept, the error CURSOR_EXPIRED ends it, and a
 * reader that is slow is read on for as long as they are.
 */
class CancellationFeed extends Feed {
  readonly maxLag = Number.POSITIVE_INFINITY;

  opening(): Message[] {
    return [];
  }

  topic(viewer: Actor): string {
    return isStaff(viewer) ? ALL_TOPICS : (viewer.accountId ?? ALL_TOPICS);
  }

  accepts(event: DomainEvent, viewer: Actor): boolean {
    return event.type.startsWith('cancellation.') && mightSee(viewer, event);
  }

  message(event: DomainEvent): Message {
    const cursor = encodeCursor(positionOf(event), CANCELLATION_KEY);
    return {
      cursor,
      kind: 'update',
      async make({ db, actor }) {
        const request = await findVisible(db, actor, CancellationRequest, event.requestId ?? '');
        if (!request) return null;
        return Object.assign(new CancellationUpdate(), { cursor, occurredAt: event.occurredAt, request });
      },
    };
  }

  lost(): Message[] {
    throw requestError('CURSOR_EXPIRED');
  }
}

/** The feed of one subscription to `cancellationUpdates`. */
export async function cancellationFeed(
  context: ActorContext,
  after: string | null | undefined,
): Promise<Feed> {
  const { place } = await startPosition(context, after, CANCELLATION_KEY);
  return new CancellationFeed(place.seq);
}
