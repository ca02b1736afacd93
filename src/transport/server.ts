import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import type { Deps } from '../services/context';
import { createApollo } from './apollo';
import { graphqlOverHttp, refuse } from './graphql-http';
import { health, index, readiness } from './pages';
import { PublicAnswers } from './public-answers';
import { graphqlOverSse } from './sse';
import { createLive, type StreamConfig } from './stream/live';
import { serveWebSocket } from './websocket';

/** A server that listens. */
export interface RunningServer {
  /** Of its root, without a slash at the end. */
  url: string;
  /** Says at `/readyz` that it is about to stop, and serves on: whoever balances the load turns away meanwhile. */
  drain(): void;
  /** Nothing new is taken, and what is under way is finished. */
  stop(): Promise<void>;
}

const GRAPHQL = '/graphql';
const SSE = '/graphql/stream';

/** Serves the graph over HTTP, WebSocket and SSE, and the pages beside it. */
export async function serve(
  schema: GraphQLSchema,
  deps: Deps,
  config: { port: number; host: string } & StreamConfig,
): Promise<RunningServer> {
  const { port, host } = config;
  const answers = new PublicAnswers(deps);
  const apollo = createApollo(schema, deps.log, answers.onPublic);
  await apollo.start();
  const graphql = graphqlOverHttp(apollo, deps, answers);
  const live = createLive(schema, deps, config);
  const stream = graphqlOverSse(live);
  let draining = false;

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // The usual address, without the cost of taking it apart.
    if (request.url === GRAPHQL) return graphql(request, response, '');
    const { pathname, search } = new URL(request.url ?? '/', 'http://gateway');
    if (pathname === GRAPHQL) return graphql(request, response, search);
    if (pathname === SSE) return stream(request, response, search);
    if (pathname === '/healthz') return health(response);
    if (pathname === '/readyz') return readiness(response, deps, draining);
    if (pathname === '/') return index(response);
    refuse(response, 404, 'BAD_REQUEST', 'There is nothing at this path.');
  };
  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      deps.log.error({ err: error }, 'a request broke');
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'INTERNAL_SERVER_ERROR');
    });
  });
  const sockets = serveWebSocket(server, GRAPHQL, live);
  await listen(server, port, host);

  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    drain() {
      draining = true;
    },
    async stop() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeIdleConnections();
      live.connections.stop('stopping');
      await sockets.close();
      await apollo.stop();
      await closed;
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
