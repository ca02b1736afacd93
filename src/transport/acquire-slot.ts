import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayResponse } from './gateway-response';
import { RETRY_AFTER_SECONDS, type Slot, type TransportLimits } from './limits';
import { HttpRefusal } from './refuse';

/** Creates the refusal of a request beyond the in-flight limit. */
export const overloaded = (): HttpRefusal =>
  new HttpRefusal(503, 'OVERLOADED', undefined, { 'retry-after': RETRY_AFTER_SECONDS });

/** Calls `end` once, when the response ends or its connection closes. Throws if the connection is closed already. */
export function onClose(request: IncomingMessage, response: ServerResponse, end: () => void): void {
  if (isClosed(request, response)) {
    end();
    throw gone();
  }
  response.on('close', end);
}

/** Acquires a slot until the response ends or its connection closes. Throws a refusal at the in-flight limit. */
export function acquireSlot(
  limits: TransportLimits,
  request: IncomingMessage,
  response: GatewayResponse,
): Slot {
  if (isClosed(request, response)) throw gone();
  const slot = limits.inFlight.acquire();
  if (!slot) throw overloaded();
  response.slot = slot;
  return slot;
}

const gone = (): HttpRefusal => new HttpRefusal(400, 'BAD_REQUEST', 'The connection is gone.');

const isClosed = ({ socket }: IncomingMessage, response: ServerResponse): boolean =>
  socket.destroyed || response.destroyed;
