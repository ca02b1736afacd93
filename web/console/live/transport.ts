import { createClient, NetworkError } from 'graphql-sse';
import {
  type ConnectionEnd,
  type ConnectionRequest,
  GraphQLRequestError,
  subscribeOnce,
  type WireError,
} from '../../../client';
import { EVENTS_URL } from '../../shared/settings';

/** Transport of the streams: WebSocket, or server-sent events over HTTP. */
export type TransportName = 'websocket' | 'sse';

/** Time after which a WebSocket that does not open counts as blocked, in milliseconds. Browsers wait for minutes. */
const OPEN_TIMEOUT_MS = 8000;
/** Close code of a WebSocket whose token is not valid. */
const FORBIDDEN = 4403;

/**
 * Chooses the transport of the streams of one user. Server-sent events replace a WebSocket that has never connected, because
 * a proxy blocks it. A WebSocket that has connected before is only interrupted.
 */
export class Transport {
  private current: TransportName = 'websocket';
  private webSocketWorks = false;

  /** Transport of the last connection. */
  get name(): TransportName {
    return this.current;
  }

  /** For `FollowOptions`. */
  readonly connect = async (request: ConnectionRequest): Promise<ConnectionEnd> => {
    const used = this.current;
    let connected = false;
    const onConnected = () => {
      connected = true;
      if (used === 'websocket') this.webSocketWorks = true;
      request.onConnected();
    };
    const ending = await (used === 'websocket' ? overWebSocket : overEvents)({ ...request, onConnected });
    if (ending.kind === 'lost' && !connected && !this.webSocketWorks) {
      this.current = used === 'websocket' ? 'sse' : 'websocket';
    }
    return ending;
  };
}

async function overWebSocket(request: ConnectionRequest): Promise<ConnectionEnd> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), OPEN_TIMEOUT_MS);
  const onConnected = () => {
    clearTimeout(timer);
    request.onConnected();
  };
  const signal = AbortSignal.any([request.signal, stop.signal]);
  const ending = await subscribeOnce({ ...request, onConnected, signal });
  clearTimeout(timer);
  const isLate = stop.signal.aborted && !request.signal.aborted;
  return isLate ? { kind: 'lost', reason: 'the WebSocket did not open in time' } : ending;
}

function overEvents(request: ConnectionRequest): Promise<ConnectionEnd> {
  const { token, document: query, variables, signal, onConnected, onData } = request;
  return new Promise(resolve => {
    const client = createClient({
      url: EVENTS_URL,
      headers: { authorization: `Bearer ${token}` },
      // `follow` reconnects, from the last cursor.
      retryAttempts: 0,
      on: { connected: () => onConnected() },
    });
    const end = (ending: ConnectionEnd) => {
      signal.removeEventListener('abort', aborted);
      resolve(ending);
      client.dispose();
    };
    const aborted = () => end({ kind: 'complete' });
    client.subscribe(
      { query, variables },
      {
        next({ data, errors }) {
          if (data) onData(data);
          else
            end({ kind: 'errors', error: new GraphQLRequestError((errors ?? []) as readonly WireError[]) });
        },
        error: cause => end(connectionLost(cause)),
        complete: () => end({ kind: 'complete' }),
      },
    );
    signal.addEventListener('abort', aborted);
    if (signal.aborted) aborted();
  });
}

function connectionLost(cause: unknown): ConnectionEnd {
  const reason = cause instanceof Error ? cause.message : 'the connection was lost';
  // `follow` renews a token that is rejected.
  const isForbidden = cause instanceof NetworkError && cause.response?.status === 401;
  return { kind: 'lost', reason, ...(isForbidden && { closeCode: FORBIDDEN }) };
}
