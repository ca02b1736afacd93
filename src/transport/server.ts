import { createServer, IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Config } from '../config';
import { packageRoot } from '../config';
import { isDatabaseFault } from '../database';
import { Manifest, Pipeline, type PublicGraph } from '../graphql';
import type { Deps } from '../services/context';
import { stopTimes } from '../stop-times';
import { createApollo } from './apollo';
import { FrontDoor } from './door';
import { cutOff, Drain, hasLeft } from './drain';
import { type GatewayResponse, responseOf } from './gateway-response';
import { graphqlOverHttp } from './graphql-http';
import { HOST_REFUSED, isHostAllowed } from './host';
import { Observer } from './observe/observer';
import { readMetrics } from './observe/read-metrics';
import { health, readiness } from './pages';
import { PublicAnswers } from './public/answers';
import type { Fail } from './read-request';
import { HttpRefusal, sendRefusal, unavailable } from './refuse';
import { graphqlOverSse } from './sse';
import { createLive, type StreamConfig } from './stream/live';
import { serveWeb, type WebOptions } from './web';
import { serveWebSocket } from './websocket';

/** A server that listens. */
export interface RunningServer {
  /** Of its root, without a slash at the end. */
  url: string;
  /** Ends readiness and serves on: every answer closes its connection, so that load balancers turn to others. */
  drain(): void;
  /** Refuses what comes from now on, and ends the streams. Requests that are being answered are finished. */
  refuse(): void;
  /** Closes the port. Connections that are left after a short grace, or when `hurry` is aborted, are destroyed. */
  stop(hurry?: AbortSignal): Promise<void>;
}

const GRAPHQL = '/graphql';
const SSE = '/graphql/stream';

/** The documents of our own clients, and those of the pages, as the build has listed them. */
const OPERATIONS = join(packageRoot, 'schema/operations');
const PAGE_DOCUMENTS = join(packageRoot, 'dist/web/documents.json');

/** Limits of Node's HTTP server. */
const limitsOf = (readTimeoutMs: number) => ({
  headersTimeout: readTimeoutMs,
  requestTimeout: readTimeoutMs,
  connectionsCheckingInterval: Math.min(1000, readTimeoutMs),
  // Longer than the minute for which proxies usually keep a connection, so that they do not meet a closed one.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
});

/** The graph as the application hands it over. */
export interface Graph {
  schema: GraphQLSchema;
  publicGraph: PublicGraph;
}

/** Serves the graph over HTTP, WebSocket and SSE, and the pages beside it. */
export async function serve(
  { schema, publicGraph }: Graph,
  deps: Deps,
  config: Pick<Config, 'port' | 'host' | 'observability' | 'playground'> & StreamConfig,
  web: WebOptions,
): Promise<RunningServer> {
  const { port, host, security, playground } = config;
  const manifest = Manifest.read(OPERATIONS, PAGE_DOCUMENTS);
  const pipeline = new Pipeline({ schema, settings: security, manifest, publicGraph, log: deps.log });
  const { accessLog } = config.observability;
  const observer = new Observer(schema, deps.metrics, manifest.operationNames, accessLog);
  const door = new FrontDoor(security);
  const answers = new PublicAnswers(deps, pipeline);
  const apollo = createApollo(schema, deps.log, pipeline, observer);
  await apollo.start();
  const page = playground ? '/playground' : '/';
  const graphql = graphqlOverHttp({ apollo, deps, pipeline, answers, security, door, observer, page });
  const live = createLive(deps, pipeline, door, observer, config);
  const stream = graphqlOverSse(live);
  const pages = serveWeb(web);
  const responses = new Float64Array(600);
  readMetrics(deps, { live, answers, door, responses });
  const drain = new Drain();

  const route = (request: IncomingMessage, response: GatewayResponse, fail: Fail) => {
    if (!isHostAllowed(request, security.allowedHosts))
      throw new HttpRefusal(421, 'BAD_REQUEST', HOST_REFUSED);
    drain.check(request);
    // The usual address, without the cost of parsing it.
    if (request.url === GRAPHQL) return graphql(request, response, '', fail);
    const { pathname, search } = new URL(request.url ?? '/', 'http://gateway');
    if (pathname === GRAPHQL) return graphql(request, response, search, fail);
    if (pathname === SSE) return stream(request, response, search, fail);
    if (pathname === '/healthz') return health(response);
    if (pathname === '/readyz') return void readiness(response, deps, drain.isDraining).catch(fail);
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
  const ServerResponse = responseOf({ production: security.production, drain, count: responses });
  const options = { ...limitsOf(security.door.readTimeoutMs), IncomingMessage, ServerResponse };
  const server = createServer(options, (request, response) => {
    const { socket } = request;
    // A request without a body is complete; one with a body is complete when the body is read.
    if (request.method !== 'POST') door.sockets.work(socket);
    const begin = () => answer(request, response);
    door.pipelined.answer(socket, response, begin, () => door.sockets.wait(socket));
  });
  server.on('connection', (socket: Socket) => door.sockets.open(socket));
  const sockets = serveWebSocket(server, GRAPHQL, live);
  await listen(server, port, host);

  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    drain: () => drain.begin(),
    refuse() {
      drain.begin();
      drain.refuseAll(server, door);
      live.connections.stop('stopping');
    },
    async stop(hurry) {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeIdleConnections();
      // A server that closes would wait for connections over which no request has come.
      door.sockets.endWaiting();
      const ended = Promise.all([closed, sockets.close(), apollo.stop()]).then(() => undefined);
      await cutOff(door, stopTimes.connections, ended, hurry);
    },
  };
}

/** Answers a request that is refused or broken. */
function refuse(log: Logger, error: unknown, response: GatewayResponse): void {
  const { requestId } = response;
  const refusal = refusalOf(error);
  if (hasLeft(error)) log.debug({ err: error, requestId }, 'client disconnected');
  else if (!refusal) log.error({ err: error, requestId }, 'request failed unexpectedly');
  if (response.headersSent) response.destroy();
  else if (refusal) sendRefusal(response, refusal);
  else sendRefusal(response, new HttpRefusal(500, 'INTERNAL_SERVER_ERROR'), { requestId });
}

/** The answer to an error that is expected; undefined for every other one. */
function refusalOf(error: unknown): HttpRefusal | undefined {
  if (error instanceof HttpRefusal) return error;
  return isDatabaseFault(error) ? unavailable() : undefined;
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
