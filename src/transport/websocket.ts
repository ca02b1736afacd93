import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ExecutionArgs } from 'graphql';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { clientAddress, networkOf } from './client-address';
import { isHostAllowed } from './host';
import { onUpgrade } from './ignore-upgrade';
import { limitMessageRate } from './limit-message-rate';
import { isOriginAllowed } from './origin';
import { MAX_BODY_BYTES } from './request-body';
import { executeOnce } from './stream/execute-once';
import { type Handle, IdReuse } from './stream/id-reuse';
import { startStream } from './stream/start-stream';
import type { StreamServices } from './stream/stream-services';
import { WsConnection } from './stream/ws-connection';
import { admitOperation, authenticateConnection, type WsOperation } from './stream/ws-operations';

/** Maximum bytes buffered for a slow consumer. Beyond it, the connection is closed at the next answer. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;
/** Bytes of a masked control frame beside its data (RFC 6455, section 5.2). */
const CONTROL_FRAME_HEADER_BYTES = 6;

/** Serves `graphql-transport-ws` at `path` of `server`. `close` resolves when every socket is closed. */
export function serveWebSocket(server: Server, path: string, streams: StreamServices) {
  const { config } = streams;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_BODY_BYTES,
    clientTracking: true,
    // Stream messages are written to the TCP socket as uncompressed frames, which a negotiated extension would forbid.
    perMessageDeflate: false,
    handleProtocols: protocols => handleProtocols(protocols),
  });
  const accept = acceptSockets(streams);
  // Outside of the handler: a listener within it would keep the request, 3 kB a socket, as long as the connection.
  const onUpgradeError = (error: unknown) =>
    streams.deps.log.debug({ err: error }, 'connection failed during its upgrade');
  onUpgrade(server, streams.limits.pipelined, (request, socket, head) => {
    socket.on('error', onUpgradeError);
    if (request.url?.split('?')[0] !== path) return refuseUpgrade(socket, '404 Not Found');
    if (!isHostAllowed(request, config.security.allowedHosts))
      return refuseUpgrade(socket, '421 Misdirected Request');
    if (!isOriginAllowed(request, config.security.allowedOrigins))
      return refuseUpgrade(socket, '403 Forbidden');
    sockets.handleUpgrade(request, socket, head, client => accept(client, request));
  });
  return { close: () => new Promise<void>(resolve => sockets.close(() => resolve())) };
}

function protocolServer(streams: StreamServices) {
  return makeServer<Record<string, unknown>, WsConnection>({
    // The connection has this timeout, without a timer of its own.
    connectionInitWaitTimeout: 0,
    onConnect: context => {
      const { connectionParams, extra } = context;
      // Frees the token, which graphql-ws would hold as long as the connection.
      Object.assign(context, { connectionParams: undefined });
      return authenticateConnection(streams, extra, connectionParams);
    },
    onSubscribe: ({ extra, subscriptions }, id, payload) =>
      admitOperation(streams, extra, id, payload, Object.keys(subscriptions).length) as Promise<never>,
    execute: (args: ExecutionArgs) => {
      const { connection, admitted } = args as unknown as WsOperation;
      return executeOnce(streams, 'websocket', connection, admitted);
    },
    subscribe: (args: ExecutionArgs) => {
      const { connection, admitted, id } = args as unknown as WsOperation;
      const slot = { release: () => connection.releaseSlot(id) };
      return startStream(streams, 'websocket', connection, admitted, slot, connection.sink(id));
    },
  });
}

function acceptSockets(streams: StreamServices) {
  const { deps, connections, limits, config } = streams;
  const protocol = protocolServer(streams);
  return (socket: WebSocket, request: IncomingMessage): void => {
    const address = networkOf(clientAddress(request, config.security.trustedProxies));
    const { socket: tcpSocket } = request;
    const connection = new WsConnection(
      deps.actors,
      address,
      socket,
      tcpSocket,
      config.security.limits.anonymousIdleMs,
    );
    connection.awaitInit();
    connections.add(connection);
    limitMessageRate(socket);
    countUnreadBytes(streams, socket, tcpSocket);
    const fail = (error: unknown) => {
      if (isProtocolViolation(error)) return socket.close(CloseCode.BadRequest, 'Unexpected message');
      deps.log.error({ err: error }, 'WebSocket message failed unexpectedly');
      socket.close(CloseCode.InternalServerError, 'Internal server error');
    };
    const closed = protocol.opened(graphqlWsSocket(socket, connection, fail), connection);
    socket.on('error', error => deps.log.debug({ err: error }, 'WebSocket failed'));
    socket.once('close', (code, reason) => {
      limits.unread.clear(tcpSocket);
      connections.remove(connection);
      void closed(code, String(reason));
    });
  };
}

/** Counts the bytes of incomplete messages. `ws` parses after this listener, and emits complete messages. */
function countUnreadBytes({ limits }: StreamServices, socket: WebSocket, tcpSocket: Socket): void {
  tcpSocket.prependListener('data', (chunk: Buffer) => limits.unread.add(tcpSocket, chunk.length));
  socket.on('message', () => limits.unread.clear(tcpSocket));
  // Control frames can arrive between the fragments of an incomplete message.
  const isRead = (data: Buffer) =>
    limits.unread.subtract(tcpSocket, data.length + CONTROL_FRAME_HEADER_BYTES);
  socket.on('ping', isRead);
  socket.on('pong', isRead);
}

/** graphql-ws throws for message types that only a server may send. */
const isProtocolViolation = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Unexpected message of type');

function refuseUpgrade(socket: Duplex, status: string): void {
  // A client that does not close its side would keep the connection open.
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
}

/** Adapts a WebSocket to the interface of graphql-ws. */
function graphqlWsSocket(socket: WebSocket, connection: WsConnection, onError: (error: unknown) => void) {
  return {
    protocol: socket.protocol,
    send: (data: string) =>
      new Promise<void>((resolve, reject) => {
        if (socket.readyState !== socket.OPEN) return resolve();
        if (socket.bufferedAmount > MAX_UNSENT_BYTES) {
          socket.terminate();
          return resolve();
        }
        socket.send(data, error => (error ? reject(error) : resolve()));
      }),
    close: (code?: number, reason?: string) => socket.close(code, reason),
    // graphql-ws parses text only, and takes a parsed message as it is.
    onMessage: (handle: (message: string) => Promise<void>) => {
      const refuse = () => socket.close(CloseCode.BadRequest, 'Too many messages for one id');
      const ids = new IdReuse(handle as Handle, refuse, id => connection.releaseSlot(id));
      socket.on('message', data => ids.deliver(String(data)).catch(onError));
    },
  };
}
