import { once } from 'node:events';
import { createServer, IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Config } from '../config';
import { packageRoot } from '../config';
import { isDatabaseFault } from '../database';
import { Manifest, Pipeline, type PublicGraph } from '../graphql';
import type { Dependencies } from '../services/context';
import { stopTimes } from '../stop-times';
import { createApollo } from './apollo';
import { createResponseClass, type GatewayResponse } from './gateway-response';
import { closeConnections, GracefulShutdown, isClientDisconnect } from './graceful-shutdown';
import { graphqlOverHttp } from './graphql-http';
import { HOST_REFUSED, isHostAllowed } from './host';
import { TransportLimits } from './limits';
import { Observer } from './observe/observer';
import { collectTransportMetrics } from './observe/transport-metrics';
import { health, readiness } from './probes';
import { PublicAnswers } from './public/answers';
import type { Fail } from './read-request';
import { HttpRefusal, sendRefusal, unavailable } from './refuse';
import { graphqlOverSse } from './sse';
import { createStreamServices, type StreamConfig } from './stream/stream-services';
import { serveWeb, type WebOptions } from './web';
import { serveWebSocket } from './websocket';

/** Server that listens. */
export interface RunningServer {
  /** Root URL, without a slash at the end. */
  url: string;
  /** Ends readiness. Requests are still served; every answer closes its connection, so that load balancers use others. */
  startDraining(): void;
  /** Refuses new requests and ends the streams. Requests in flight are finished. */
  refuseRequests(): void;
  /** Closes the port. Open connections are destroyed after a grace period, or when `hurry` is aborted. */
  stop(hurry?: AbortSignal): Promise<void>;
}

const GRAPHQL = '/graphql';
const SSE = '/graphql/stream';

/** Trusted documents: those of the clients, and those that the build lists for the pages. */
const OPERATIONS = join(packageRoot, 'schema/operations');
const PAGE_DOCUMENTS = join(packageRoot, 'dist/web/documents.json');

/** Limits of Node's HTTP server. */
const limitsOf = (readTimeoutMs: number) => ({
  headersTimeout: readTimeoutMs,
  requestTimeout: readTimeoutMs,
  connectionsCheckingInterval: Math.min(1000, readTimeoutMs),
  // Longer than the usual 60 s of proxies, so that a proxy does not reuse a connection that is being closed.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
});

/** Graph that the application serves. */
export interface Graph {
  schema: GraphQLSchema;
  /** Fields that depend on nothing but the catalog. */
  publicGraph: PublicGraph;
}

/** Serves the graph over HTTP, WebSocket and SSE, and the pages beside it. */
export async function serve(
  { schema, publicGraph }: Graph,
  deps: Dependencies,
  config: Pick<Config, 'port' | 'host' | 'observability' | 'playground'> & StreamConfig,
  web: WebOptions,
): Promise<RunningServer> {
  const { port, host, security, playground } = config;
  const manifest = Manifest.read(OPERATIONS, PAGE_DOCUMENTS, security.trustedDocumentsFiles);
  const pipeline = new Pipeline({ schema, settings: security, manifest, publicGraph, log: deps.log });
  const { accessLog } = config.observability;
  const observer = new Observer(schema, deps.metrics, manifest.operationNames, accessLog);
  const limits = new TransportLimits(security);
  const answers = new PublicAnswers(deps, pipeline, security.catalogMaxAge);
  const apollo = createApollo(schema, deps.log, pipeline, observer);
  await apollo.start();
  const playgroundPath = playground ? '/playground' : '/';
  const graphql = graphqlOverHttp({
    apollo,
    deps,
    pipeline,
    answers,
    security,
    limits,
    observer,
    playgroundPath,
  });
  const streams = createStreamServices(deps, pipeline, limits, observer, config);
  const graphqlSse = graphqlOverSse(streams);
  const pages = serveWeb(web);
  const responses = new Float64Array(600);
  collectTransportMetrics(deps, { streamServices: streams, answers, limits, responses });
  const shutdown = new GracefulShutdown();

  const route = (request: IncomingMessage, response: GatewayResponse, fail: Fail) => {
    if (!isHostAllowed(request, security.allowedHosts))
      throw new HttpRefusal(421, 'BAD_REQUEST', HOST_REFUSED);
    shutdown.assertAccepting(request);
    const { url = '/' } = request;
    const sent = graphqlSearch(url);
    if (sent !== undefined) return graphql(request, response, sent, fail);
    const { pathname, search } = parseTarget(url);
    if (pathname === GRAPHQL) return graphql(request, response, search, fail);
    if (pathname === SSE) return graphqlSse(request, response, search, fail);
    if (pathname === '/healthz') return health(response);
    if (pathname === '/readyz') return void readiness(response, deps, shutdown.isDraining).catch(fail);
    if (pages(request, response, pathname)) return;
    throw new HttpRefusal(404, 'BAD_REQUEST', 'There is nothing at this path.');
  };
  const answer = (request: IncomingMessage, response: GatewayResponse): void => {
    const fail = (error: unknown): void => refuse(deps.log, error, response);
    try {
      route(request, response, fail);
    } catch (error) {
      fail(error);
    }
  };
  const ServerResponse = createResponseClass({ production: security.production, shutdown, count: responses });
  const options = { ...limitsOf(security.limits.readTimeoutMs), IncomingMessage, ServerResponse };
  const server = createServer(options, (request, response) => {
    const { socket } = request;
    const begin = () => {
      // A request without a body is complete; one with a body is complete when the body is read.
      if (request.method !== 'POST') limits.sockets.markBusy(socket);
      answer(request, response);
    };
    const end = () => {
      response.slot?.release();
      limits.sockets.markIdle(socket);
    };
    limits.pipelined.enqueue(socket, response, begin, end);
  });
  server.on('connection', (socket: Socket) => limits.sockets.add(socket));
  const sockets = serveWebSocket(server, GRAPHQL, streams);
  // `once` rejects where the port is taken.
  await once(server.listen(port, host), 'listening');

  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    startDraining: () => shutdown.startDraining(),
    refuseRequests() {
      shutdown.startDraining();
      shutdown.refuseRequests(server, limits);
      streams.connections.stop('stopping');
    },
    async stop(hurry) {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeIdleConnections();
      // `close` would wait for connections without a request.
      limits.sockets.closeIdle();
      const ended = Promise.all([closed, sockets.close(), apollo.stop()]).then(() => undefined);
      await closeConnections(limits, stopTimes.connections, ended, hurry);
    },
  };
}

/** Query string of the path `/graphql`. Undefined for all others. Parsing the URL of every request would cost more. */
function graphqlSearch(url: string): string | undefined {
  if (url === GRAPHQL) return '';
  return url.startsWith(`${GRAPHQL}?`) ? url.slice(GRAPHQL.length) : undefined;
}

/** Parses the target of a request. Refuses one that is no path, such as `//`. */
function parseTarget(url: string): URL {
  if (URL.canParse(url, 'http://gateway')) return new URL(url, 'http://gateway');
  throw new HttpRefusal(400, 'BAD_REQUEST', 'The target of the request is not a path.');
}

/** Answers a request that was refused or failed. */
function refuse(log: Logger, error: unknown, response: GatewayResponse): void {
  const { requestId } = response;
  const refusal = expectedRefusal(error);
  if (isClientDisconnect(error)) log.debug({ err: error, requestId }, 'client disconnected');
  else if (!refusal) log.error({ err: error, requestId }, 'request failed unexpectedly');
  if (response.headersSent) response.destroy();
  else if (refusal) sendRefusal(response, refusal);
  else sendRefusal(response, new HttpRefusal(500, 'INTERNAL_SERVER_ERROR'), { requestId });
}

/** Refusal for an expected error. Undefined for every other error. */
function expectedRefusal(error: unknown): HttpRefusal | undefined {
  if (error instanceof HttpRefusal) return error;
  return isDatabaseFault(error) ? unavailable() : undefined;
}
