import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FrontDoor, RETRY_AFTER_SECONDS, type Slot } from './door';
import { HttpRefusal } from './refuse';

/** The refusal of a request while too many are being answered. */
export const overloaded = (): HttpRefusal =>
  new HttpRefusal(503, 'OVERLOADED', undefined, { 'retry-after': RETRY_AFTER_SECONDS });

/** Calls `end` once, when the request is answered or its connection is gone. Throws if it is gone already. */
export function untilAnswered({ socket }: IncomingMessage, response: ServerResponse, end: () => void): void {
  if (socket.destroyed || response.destroyed) {
    end();
    throw new HttpRefusal(400, 'BAD_REQUEST', 'The connection is gone.');
  }
  response.on('close', end);
}

/** Counts a complete request until its answer is sent or its connection is gone. Throws if there are too many. */
export function enter(door: FrontDoor, request: IncomingMessage, response: ServerResponse): Slot {
  const slot = door.inFlight.enter();
  if (!slot) throw overloaded();
  untilAnswered(request, response, () => slot.leave());
  return slot;
}
