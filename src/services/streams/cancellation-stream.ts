import { CancellationRequest, CancellationUpdate, type DomainEvent } from '../../entities';
import { requestError } from '../../errors';
import { encodeCursor, type StreamKey } from '../../events';
import { mightSee } from '../../policies';
import { findVisible } from '../../store';
import type { ActorContext } from '../context';
import { follow, startingPoint } from './follow';
import type { Message } from './message';

const KEY: StreamKey = ['cancellation'];

/**
 * Cancellation requests that are opened, decided, withdrawn or completed: the queue of an account manager, and what
 * became of one's own for everybody else. With `after` exactly what was missed since, then live; without, live only. A
 * reader whose cursor is no longer kept is told so by BAD_CURSOR and reads `cancellationRequests` anew.
 */
export async function* cancellationMessages(
  { events, actor, signal }: ActorContext,
  after: string | null | undefined,
): AsyncGenerator<Message> {
  const start = await startingPoint(events, after, KEY);
  const accepts = (event: DomainEvent) => event.type.startsWith('cancellation.') && mightSee(actor, event);
  for await (const next of follow(events, start, accepts, signal)) {
    if (!('event' in next)) {
      throw requestError(
        'BAD_CURSOR',
        'Messages were lost to this reader. Read `cancellationRequests` and begin anew.',
      );
    }
    yield update(next.event);
  }
}

function update(event: DomainEvent): Message {
  return {
    async make({ db, actor }) {
      const request = await findVisible(db, actor, CancellationRequest, event.requestId ?? '');
      if (!request) return null;
      const { occurredAt } = event;
      const cursor = encodeCursor(event.seq ?? 0, KEY);
      return Object.assign(new CancellationUpdate(), { cursor, occurredAt, request });
    },
  };
}
