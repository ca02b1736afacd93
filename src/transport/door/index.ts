import type { SecurityConfig } from '../../config';
import { InFlight } from './in-flight';
import { OpenSockets } from './open-sockets';
import { Pipelined } from './pipelined';
import { UnreadBytes } from './unread-bytes';

export type { Slot } from './in-flight';

/** Seconds after which to retry when there are too many requests: by then most of them are answered. */
export const RETRY_AFTER_SECONDS = 1;

/** The limits that every client passes, for all transports together. */
export class FrontDoor {
  readonly sockets: OpenSockets;
  readonly unread: UnreadBytes;
  readonly inFlight: InFlight;
  readonly pipelined = new Pipelined();

  constructor({ trustedProxies, door, maxInFlight }: SecurityConfig) {
    // Behind a proxy all connections have its address.
    const perAddress = trustedProxies > 0 ? 0 : door.connectionsPerAddress;
    this.sockets = new OpenSockets({ total: door.connections, perAddress });
    this.unread = new UnreadBytes(door.unreadBytes);
    this.inFlight = new InFlight(maxInFlight, door.inFlightPerCaller);
  }
}
