import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import type { Deps } from '../services/context';
import { createApollo } from './apollo';
import { graphqlOverHttp, refuse } from './graphql-http';
import { health, readiness } from './pages';
import { serveWeb, type WebOptions } from './web';
import { serveWebSocket } from './websocket';

/** A server that listens. */
export interface RunningServer {
  /** Of its root, without a slash at the end. */
  url: string;
  /** Readiness goes first; then nothing new is taken, and what is under way is finished. */
  stop(): Promise<void>;
}

const GRAPHQL = '/graphql';

/** Serves the graph over HTTP and WebSocket, and the pages beside it. */
export async function serve(
  schema: GraphQLSchema,
  deps: Deps,
  { port, host }: { port: number; host: string },
  web: WebOptions,
): Promise<RunningServer> {
  const apollo = createApollo(schema, deps.log);
  await apollo.start();
  const graphql = graphqlOverHttp(apollo, deps);
  const pages = serveWeb(web);
  let draining = false;

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://gateway');
    if (pathname === GRAPHQL) return graphql(request, response, search);
    if (pathname === '/healthz') return health(response);
    if (pathname === '/readyz') return readiness(response, deps, draining);
    if (pages(request, response, pathname)) return;
    refuse(response, 404, 'BAD_REQUEST', 'There is nothing at this path.');
  };
  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      deps.log.error({ err: error }, 'a request broke');
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'INTERNAL_SERVER_ERROR');
    });
  });
  const sockets = serveWebSocket(server, GRAPHQL, schema, deps);
  await listen(server, port, host);

  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async stop() {
      draining = true;
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeIdleConnections();
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
