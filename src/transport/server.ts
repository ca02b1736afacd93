import { createServer, IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config';
import { packageRoot } from '../config';
import type { Deps } from '../services/context';
import { createApollo } from './apollo';
import { Compiler } from './compiler';
import { GatewayResponse, ProductionResponse } from './gateway-response';
import { graphqlOverHttp } from './graphql-http';
import { InFlight } from './in-flight';
import { Gate } from './limits/gate';
import { Manifest } from './limits/trusted-documents';
import { Observer } from './observe/observer';
import { readMetrics } from './observe/read-metrics';
import { health, readiness } from './pages';
import { PublicAnswers } from './public/answers';
import { PublicExecution } from './public/execution';
import { Writer } from './public/writer';
import { refuse } from './refuse';
import { watchSilentSockets } from './silent-sockets';
import { graphqlOverSse } from './sse';
import { createLive, type StreamConfig } from './stream/live';
import { serveWeb, type WebOptions } from './web';
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

/** The documents of our own clients, and those of the pages, as the build has listed them. */
const OPERATIONS = join(packageRoot, 'schema/operations');
const PAGE_DOCUMENTS = join(packageRoot, 'dist/web/documents.json');

/** How long a client may take to send its request: one that dribbles bytes holds nothing for long. */
const SLOW_CLIENTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2000,
  // Longer than the minute that proxies commonly keep a connection, or they would meet one that is just closed.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
};

/** Serves the graph over HTTP, WebSocket and SSE, and the pages beside it. */
export async function serve(
  schema: GraphQLSchema,
  deps: Deps,
  config: Pick<Config, 'port' | 'host' | 'observability'> & StreamConfig,
  web: WebOptions,
): Promise<RunningServer> {
  const { port, host, security } = config;
  const manifest = Manifest.read(OPERATIONS, PAGE_DOCUMENTS);
  const gate = new Gate(schema, security, manifest, deps.log);
  const { accessLog } = config.observability;
  const observer = new Observer(schema, deps.metrics, manifest.operationNames, accessLog);
  const inFlight = new InFlight(security.maxInFlight);
  const compiler = new Compiler(schema);
  const answers = new PublicAnswers(deps, gate, new PublicExecution(schema, deps, gate, new Writer(schema)));
  const apollo = createApollo(schema, deps.log, gate, compiler, observer);
  await apollo.start();
  const graphql = graphqlOverHttp(apollo, deps, gate, answers, security, inFlight, observer);
  const live = createLive(schema, deps, gate, observer, config);
  const stream = graphqlOverSse(live);
  const pages = serveWeb(web);
  const responses = new Float64Array(600);
  readMetrics(deps, { live, answers, inFlight, responses });
  let draining = false;

  const route = async (request: IncomingMessage, response: GatewayResponse): Promise<void> => {
    // The usual address, without the cost of taking it apart.
    if (request.url === GRAPHQL) return graphql(request, response, '');
    const { pathname, search } = new URL(request.url ?? '/', 'http://gateway');
    if (pathname === GRAPHQL) return graphql(request, response, search);
    if (pathname === SSE) return stream(request, response, search);
    if (pathname === '/healthz') return health(response);
    if (pathname === '/readyz') return readiness(response, deps, draining);
    if (pages(request, response, pathname)) return;
    refuse(response, 404, 'BAD_REQUEST', 'There is nothing at this path.');
  };
  const ServerResponse = security.production ? ProductionResponse : GatewayResponse;
  const server = createServer({ ...SLOW_CLIENTS, IncomingMessage, ServerResponse }, (request, response) => {
    route(request, response)
      .catch((error: unknown) => {
        deps.log.error({ err: error }, 'a request broke');
        if (response.headersSent) response.destroy();
        else refuse(response, 500, 'INTERNAL_SERVER_ERROR');
      })
      .then(() => {
        responses[response.statusCode] = 1 + (responses[response.statusCode] ?? 0);
      });
  });
  const endSilent = watchSilentSockets(server);
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
      endSilent();
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
