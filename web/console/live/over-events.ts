import { createClient, NetworkError } from 'graphql-sse';
import {
  type ConnectionEnd,
  type ConnectionRequest,
  GraphQLRequestError,
  type WireError,
} from '../../../client';
import { EVENTS_URL } from '../../shared/settings';

/** Close code of a WebSocket whose token is not valid. */
const FORBIDDEN = 4403;

/** Time without a byte after which the connection counts as lost, in milliseconds. The gateway sends one every 12 s. */
const SILENCE_MS = 30_000;

/** Subscribes once with server-sent events, and resolves when the subscription has ended. */
export function overEvents(request: ConnectionRequest): Promise<ConnectionEnd> {
  const { token, document: query, variables, signal, onConnected, onData } = request;
  return new Promise(resolve => {
    let silence: ReturnType<typeof setTimeout> | undefined;
    const client = createClient({
      url: EVENTS_URL,
      headers: { authorization: `Bearer ${token}` },
      fetchFn: heardBy(() => {
        clearTimeout(silence);
        silence = setTimeout(() => end({ kind: 'lost', reason: 'the stream is silent' }), SILENCE_MS);
      }),
      // `follow` reconnects, from the last cursor.
      retryAttempts: 0,
      on: { connected: () => onConnected() },
    });
    const end = (ending: ConnectionEnd) => {
      clearTimeout(silence);
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

/** `fetch` that calls `heard` for every piece of a response. */
const heardBy =
  (heard: () => void): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    const transform = (piece: Uint8Array, next: TransformStreamDefaultController<Uint8Array>) => {
      heard();
      next.enqueue(piece);
    };
    const body = response.body?.pipeThrough(new TransformStream({ transform }));
    return new Response(body ?? null, response);
  };

function connectionLost(cause: unknown): ConnectionEnd {
  const reason = cause instanceof Error ? cause.message : 'the connection was lost';
  // `follow` renews a token that is rejected.
  const isForbidden = cause instanceof NetworkError && cause.response?.status === 401;
  return { kind: 'lost', reason, ...(isForbidden && { closeCode: FORBIDDEN }) };
}
