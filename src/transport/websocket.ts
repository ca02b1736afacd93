import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ExecutionArgs, GraphQLError } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { requestError } from '../errors';
import { authenticate } from './authenticate';
import { MOST_BYTES } from './body';
import { boundMessages } from './bound-messages';
import { clientAddress } from './client-address';
import { admit } from './limits/admit';
import { answerOnce } from './stream/answer-once';
import { beginStream } from './stream/begin-stream';
import type { Live } from './stream/live';
import { type Operation, operationOf } from './stream/operation';
import { isOriginAllowed } from './stream/origin';
import { WsConnection } from './stream/ws-connection';

const INIT_TIMEOUT_MS = 3000;

/** What one operation is executed with: GraphQL's arguments, and where its messages go. */
interface Asked extends ExecutionArgs {
  id: string;
  connection: WsConnection;
  operation: Operation;
}

/** Serves `graphql-transport-ws` at `path` of `server`. Resolves when every socket is closed. */
export function serveWebSocket(server: Server, path: string, live: Live) {
  const { deps, connections, config } = live;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_BYTES,
    clientTracking: true,
    handleProtocols: protocols => handleProtocols(protocols),
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== path) return refuseUpgrade(socket, '404 Not Found');
    if (!isOriginAllowed(request, config.security.allowedOrigins))
      return refuseUpgrade(socket, '403 Forbidden');
    sockets.handleUpgrade(request, socket, head, client => accept(client, request));
  });
  const protocol = makeServer<Record<string, unknown>, WsConnection>({
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    onConnect: ({ connectionParams, extra }) => introduce(live, extra, connectionParams?.authorization),
    onSubscribe: (ctx, id, payload) =>
      ask(live, ctx.extra, id, payload, Object.keys(ctx.subscriptions).length),
    execute: (args: ExecutionArgs) => {
      const { connection, operation } = args as Asked;
      return answerOnce(live, 'websocket', connection, operation);
    },
    subscribe: (args: ExecutionArgs) => {
      const { connection, operation, id } = args as Asked;
      return beginStream(live, 'websocket', connection, operation, connection.sink(id));
    },
  });

  const accept = (socket: WebSocket, request: IncomingMessage): void => {
    const address = clientAddress(request, config.security.trustedProxies);
    const connection = new WsConnection(deps.actors, address, socket, request.socket);
    connections.add(connection);
    boundMessages(socket);
    const closed = protocol.opened(
      transportOf(socket, error => fail(socket, error)),
      connection,
    );
    socket.on('error', error => deps.log.debug({ err: error }, 'a WebSocket broke'));
    socket.once('close', (code, reason) => {
      connections.remove(connection);
      void closed(code, String(reason));
    });
  };
  const fail = (socket: WebSocket, error: unknown): void => {
    deps.log.error({ err: error }, 'a WebSocket message broke');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  };
  return { close: () => new Promise<void>(resolve => sockets.close(() => resolve())) };
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** A socket as graphql-ws wants it. */
function transportOf(socket: WebSocket, onError: (error: unknown) => void) {
  return {
    protocol: socket.protocol,
    send: (data: string) =>
      new Promise<void>((resolve, reject) => {
        if (socket.readyState !== socket.OPEN) return resolve();
        socket.send(data, error => (error ? reject(error) : resolve()));
      }),
    close: (code?: number, reason?: string) => socket.close(code, reason),
    onMessage: (listener: (data: string) => Promise<void>) =>
      socket.on('message', data => listener(String(data)).catch(onError)),
  };
}

async function introduce({ deps, connections }: Live, connection: WsConnection, header: unknown) {
  const authentication = await authenticate(deps, typeof header === 'string' ? header : undefined);
  if (authentication === 'anonymous') return true;
  if (authentication === 'rejected') {
    // 4403 tells clients to come back with a fresh token; 4401 would be final to them.
    connection.cut('no rights');
    return false;
  }
  if (connections.admit(connection, authentication)) return true;
  connection.cut('too many');
  return false;
}

async function ask(
  { deps, gate, schema, config }: Live,
  connection: WsConnection,
  id: string,
  payload: SubscribePayload,
  operations: number,
): Promise<Asked | readonly GraphQLError[]> {
  if (!connection.isValid()) return [requestError('UNAUTHENTICATED')];
  if (operations > config.stream.operationsPerConnection) return [requestError('TOO_MANY_STREAMS')];
  const { holder } = connection;
  if (holder) await deps.actors.refresh([holder]);
  if (!connection.isValid()) return [requestError('UNAUTHENTICATED')];
  const { caller } = connection;
  const admitted = admit(gate, payload, caller);
  if (!('kind' in admitted)) return admitted;
  const operation = operationOf(schema, admitted, payload);
  // The client's own text is not needed any more: thousands of dashboards would keep as many copies of it.
  (payload as { query: string }).query = '';
  const { document, operationName, variableValues } = operation;
  return { schema, document, operationName, variableValues, id, connection, operation };
}
