import type { ServerResponse } from 'node:http';
import { type FrontDoor, RETRY_AFTER_SECONDS, type Slot } from './door';
import { refuse } from './refuse';

/** Counts a complete request until its answer is sent or its connection is gone; refuses it if there are too many. */
export function enter({ inFlight }: FrontDoor, response: ServerResponse): Slot | undefined {
  const slot = inFlight.enter();
  if (!slot) {
    response.setHeader('retry-after', RETRY_AFTER_SECONDS);
    refuse(response, 503, 'OVERLOADED');
    return undefined;
  }
  response.once('close', slot.leave);
  return slot;
}
