import type { IncomingMessage, ServerResponse } from 'node:http';
import { RETRY_AFTER_SECONDS, type Slot, type TransportLimits } from './limits';
import { HttpRefusal } from './refuse';

/** Creates the refusal of a request beyond the in-flight limit. */
export const overloaded = (): HttpRefusal =>
  new HttpRefusal(503, 'OVERLOADED', undefined, { 'retry-after': RETRY_AFTER_SECONDS });

/** Calls `end` once, when the response ends or its connection closes. Throws if the connection is closed already. */
export function onClose({ socket }: IncomingMessage, response: ServerResponse, end: () => void): void {
  if (socket.destroyed || response.destroyed) {
    end();
    throw new HttpRefusal(400, 'BAD_REQUEST', 'The connection is gone.');
  }
  response.on('close', end);
}

/** Acquires a slot until the response ends or its connection closes. Throws a refusal at the in-flight limit. */
export function acquireSlot(
  limits: TransportLimits,
  request: IncomingMessage,
  response: ServerResponse,
): Slot {
  const slot = limits.inFlight.acquire();
  if (!slot) throw overloaded();
  onClose(request, response, () => slot.release());
  return slot;
}
