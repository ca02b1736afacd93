import { createClient } from 'graphql-ws';
import { GraphQLRequestError, type WireError } from './errors';

/** Options of one subscription over one WebSocket. */
export interface ConnectionRequest {
  url: string;
  token: string;
  document: string;
  variables: Record<string, unknown>;
  webSocketImpl?: unknown;
  signal: AbortSignal;
  onConnected(): void;
  onData(data: unknown): void;
}

/** End of a connection: completed by the gateway; lost; or answered with errors. */
export type ConnectionEnd =
  | { kind: 'complete' }
  | { kind: 'lost'; closeCode?: number; reason: string }
  | { kind: 'errors'; error: GraphQLRequestError };

/** Milliseconds of silence before a ping, and timeouts of the pong and of the acknowledgement. */
const KEEP_ALIVE_MS = 10_000;
const PONG_TIMEOUT_MS = 5000;
const ACKNOWLEDGE_TIMEOUT_MS = 10_000;

/**
 * Subscribes once and resolves when the subscription has ended. The retries of graphql-ws are off: they would repeat the
 * first cursor, reuse a rejected token, and give up while the database of the gateway is unavailable.
 */
export function subscribeOnce(request: ConnectionRequest): Promise<ConnectionEnd> {
  const { url, token, document: query, variables, webSocketImpl, signal } = request;
  let pongDue: ReturnType<typeof setTimeout> | undefined;
  return new Promise(resolve => {
    const client = createClient({
      url,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      keepAlive: KEEP_ALIVE_MS,
      connectionAckWaitTimeout: ACKNOWLEDGE_TIMEOUT_MS,
      ...(webSocketImpl !== undefined && { webSocketImpl }),
      on: {
        connected: () => request.onConnected(),
        ping: fromGateway => {
          if (!fromGateway) pongDue = setTimeout(() => client.terminate(), PONG_TIMEOUT_MS);
        },
        pong: fromGateway => {
          if (fromGateway) clearTimeout(pongDue);
        },
        // graphql-ws would resubscribe by itself after a normal closure, from the first cursor.
        closed: event => end(connectionLost(event)),
      },
    });
    const end = (ending: ConnectionEnd) => {
      clearTimeout(pongDue);
      signal.removeEventListener('abort', aborted);
      resolve(ending);
      unsubscribe();
      // Rejects where it never was connected.
      Promise.resolve(client.dispose()).catch(() => undefined);
    };
    const aborted = () => end({ kind: 'complete' });
    const unsubscribe = client.subscribe<unknown>(
      { query, variables },
      {
        next({ data, errors }) {
          if (data) request.onData(data);
          else end({ kind: 'errors', error: new GraphQLRequestError((errors ?? []) as WireError[]) });
        },
        error: cause => end(Array.isArray(cause) ? requestErrors(cause) : connectionLost(cause)),
        complete: () => end({ kind: 'complete' }),
      },
    );
    signal.addEventListener('abort', aborted);
    if (signal.aborted) aborted();
  });
}

const requestErrors = (errors: WireError[]): ConnectionEnd => ({
  kind: 'errors',
  error: new GraphQLRequestError(errors),
});

function connectionLost(cause: unknown): ConnectionEnd {
  const { code, reason, message } = (cause ?? {}) as { code?: unknown; reason?: string; message?: string };
  const text = reason || message || 'the connection was lost';
  return { kind: 'lost', reason: text, ...(typeof code === 'number' && { closeCode: code }) };
}
