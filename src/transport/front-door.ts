import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SecurityConfig } from '../config';
import { cors } from './cors';
import type { InFlight } from './in-flight';
import { refuse } from './refuse';

/** What a request passes before anybody looks at what it asks: its origin, and how many are in hand. */
export function frontDoor({ allowedOrigins }: SecurityConfig, inFlight: InFlight) {
  /** False when the request is answered. */
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (cors(request, response, allowedOrigins)) return false;
    if (inFlight.enter(response)) return true;
    refuse(response, 503, 'OVERLOADED');
    return false;
  };
}
