import type { ServerResponse } from 'node:http';
import { type FrontDoor, RETRY_AFTER_SECONDS, type Slot } from './door';
import { HttpRefusal } from './refuse';

/** The refusal of a request while too many are being answered. */
export const overloaded = (): HttpRefusal =>
  new HttpRefusal(503, 'OVERLOADED', undefined, { 'retry-after': RETRY_AFTER_SECONDS });

/** Counts a complete request until its answer is sent or its connection is gone. Throws if there are too many. */
export function enter({ inFlight }: FrontDoor, response: ServerResponse): Slot {
  const slot = inFlight.enter();
  if (!slot) throw overloaded();
  response.once('close', slot.leave);
  return slot;
}
