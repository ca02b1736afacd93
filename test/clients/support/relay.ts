import { createClient as createSocket } from 'graphql-ws';
import {
  Environment,
  type FetchFunction,
  type GraphQLResponse,
  Network,
  Observable,
  RecordSource,
  Store,
  type SubscribeFunction,
} from 'relay-runtime';
import { WebSocket } from 'ws';
import { bearer, urlsOf } from './urls';

/** Starts an environment of Relay. `parameters` gives what is sent of a compiled document: its text, or its id. */
export function startRelay(
  gateway: { url: string },
  parameters: (id: string) => { query: string } | { documentId: string },
) {
  const session: { token: string | null } = { token: null };
  const requests: Record<string, unknown>[] = [];
  const { http, ws } = urlsOf(gateway);
  const socket = createSocket({
    url: ws,
    webSocketImpl: WebSocket,
    connectionParams: () => bearer(session.token),
  });

  const send: FetchFunction = async ({ id }, variables) => {
    const body = { ...parameters(id ?? ''), variables };
    requests.push(body);
    const response = await fetch(http, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(session.token) },
      body: JSON.stringify(body),
    });
    return (await response.json()) as GraphQLResponse;
  };
  const subscribe: SubscribeFunction = ({ id }, variables) =>
    Observable.create<GraphQLResponse>(sink => {
      const sent = parameters(id ?? '');
      // graphql-ws sends a text with every operation; the id of a trusted document is an extension.
      const payload = 'query' in sent ? sent : { query: '', extensions: sent };
      return socket.subscribe(
        { ...payload, variables },
        {
          next: answer => sink.next(answer as GraphQLResponse),
          error: reason => sink.error(reason as Error),
          complete: () => sink.complete(),
        },
      );
    });

  const environment = new Environment({
    network: Network.create(send, subscribe),
    store: new Store(new RecordSource()),
  });
  return { environment, session, requests, stop: async () => socket.dispose() };
}
