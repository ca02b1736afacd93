import type { SecurityConfig } from '../../config';
import { ConnectionLimiter } from './connection-limiter';
import { InFlightLimiter } from './in-flight-limiter';
import { PipelinedRequests } from './pipelined-requests';
import { UnreadBytesLimiter } from './unread-bytes-limiter';

export type { Slot } from './in-flight-limiter';

/** Seconds until a client retries after an overload. Most requests in flight are answered by then. */
export const RETRY_AFTER_SECONDS = 1;

/** Limits on connections, buffered bytes and requests in flight, shared by all transports. */
export class TransportLimits {
  readonly sockets: ConnectionLimiter;
  readonly unread: UnreadBytesLimiter;
  readonly inFlight: InFlightLimiter;
  readonly pipelined = new PipelinedRequests();

  constructor({ trustedProxies, limits, maxInFlight }: SecurityConfig) {
    // Behind a proxy all connections have the address of the proxy.
    const perAddress = trustedProxies > 0 ? 0 : limits.connectionsPerAddress;
    this.sockets = new ConnectionLimiter({ total: limits.connections, perAddress });
    this.unread = new UnreadBytesLimiter(limits.unreadBytes);
    this.inFlight = new InFlightLimiter(maxInFlight, limits.inFlightPerCaller);
  }
}
