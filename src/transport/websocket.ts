import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ExecutionArgs } from 'graphql';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { boundMessages } from './bound-messages';
import { clientAddress, networkOf } from './client-address';
import { isHostAllowed } from './host';
import { onUpgrade } from './ignore-upgrade';
import { isOriginAllowed } from './origin';
import { MOST_BYTES } from './request-body';
import { answerOnce } from './stream/answer-once';
import { beginStream } from './stream/begin-stream';
import { type Handle, IdReuse } from './stream/id-reuse';
import type { Live } from './stream/live';
import { WsConnection } from './stream/ws-connection';
import { admitOperation, introduce, type WsOperation } from './stream/ws-operations';

/** Bytes that may wait for a client that does not read. Its connection is closed at the next answer. */
const MOST_UNSENT = 4 * 1024 * 1024;
const INIT_TIMEOUT_MS = 3000;
/** Bytes of a masked control frame beside its data (RFC 6455, section 5.2). */
const CONTROL_FRAME_HEAD = 6;

/** Serves `graphql-transport-ws` at `path` of `server`. `close` resolves when every socket is closed. */
export function serveWebSocket(server: Server, path: string, live: Live) {
  const { config } = live;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_BYTES,
    clientTracking: true,
    // Messages of streams are written as plain frames below `ws`; a negotiated extension would apply to them too.
    perMessageDeflate: false,
    handleProtocols: protocols => handleProtocols(protocols),
  });
  const accept = acceptSockets(live);
  onUpgrade(server, live.door.pipelined, (request, socket, head) => {
    socket.on('error', error => live.deps.log.debug({ err: error }, 'connection failed during its upgrade'));
    if (request.url?.split('?')[0] !== path) return refuseUpgrade(socket, '404 Not Found');
    if (!isHostAllowed(request, config.security.allowedHosts))
      return refuseUpgrade(socket, '421 Misdirected Request');
    if (!isOriginAllowed(request, config.security.allowedOrigins))
      return refuseUpgrade(socket, '403 Forbidden');
    sockets.handleUpgrade(request, socket, head, client => accept(client, request));
  });
  return { close: () => new Promise<void>(resolve => sockets.close(() => resolve())) };
}

function protocolServer(live: Live) {
  return makeServer<Record<string, unknown>, WsConnection>({
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    onConnect: ({ connectionParams, extra }) => introduce(live, extra, connectionParams),
    onSubscribe: ({ extra, subscriptions }, id, payload) =>
      admitOperation(live, extra, id, payload, Object.keys(subscriptions).length) as Promise<never>,
    execute: (args: ExecutionArgs) => {
      const { connection, admitted } = args as unknown as WsOperation;
      return answerOnce(live, 'websocket', connection, admitted);
    },
    subscribe: (args: ExecutionArgs) => {
      const { connection, admitted, slot, id } = args as unknown as WsOperation;
      return beginStream(live, 'websocket', connection, admitted, slot, connection.sink(id));
    },
  });
}

function acceptSockets(live: Live) {
  const { deps, connections, door, config } = live;
  const protocol = protocolServer(live);
  return (socket: WebSocket, request: IncomingMessage): void => {
    const address = networkOf(clientAddress(request, config.security.trustedProxies));
    const { socket: line } = request;
    const connection = new WsConnection(
      deps.actors,
      address,
      socket,
      line,
      config.security.door.anonymousIdleMs,
    );
    connections.add(connection);
    boundMessages(socket);
    countUnread(live, socket, line);
    const fail = (error: unknown) => {
      if (isProtocolMistake(error)) return socket.close(CloseCode.BadRequest, 'Unexpected message');
      deps.log.error({ err: error }, 'WebSocket message failed unexpectedly');
      socket.close(CloseCode.InternalServerError, 'Internal server error');
    };
    const closed = protocol.opened(transportOf(socket, connection, fail), connection);
    socket.on('error', error => deps.log.debug({ err: error }, 'WebSocket failed'));
    socket.once('close', (code, reason) => {
      door.unread.clear(line);
      connections.remove(connection);
      void closed(code, String(reason));
    });
  };
}

/** Counts the bytes of messages that are not complete. `ws` reads after this listener, and reports complete messages. */
function countUnread({ door }: Live, socket: WebSocket, line: Socket): void {
  line.prependListener('data', (chunk: Buffer) => door.unread.add(line, chunk.length));
  socket.on('message', () => door.unread.clear(line));
  // They come between the fragments of a message, which goes on waiting.
  const isRead = (data: Buffer) => door.unread.subtract(line, data.length + CONTROL_FRAME_HEAD);
  socket.on('ping', isRead);
  socket.on('pong', isRead);
}

/** graphql-ws throws for messages that only a server sends. */
const isProtocolMistake = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Unexpected message of type');

function refuseUpgrade(socket: Duplex, status: string): void {
  // A client that does not close its side would keep the connection.
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
}

/** A socket with the interface that graphql-ws expects. */
function transportOf(socket: WebSocket, connection: WsConnection, onError: (error: unknown) => void) {
  return {
    protocol: socket.protocol,
    send: (data: string) =>
      new Promise<void>((resolve, reject) => {
        if (socket.readyState !== socket.OPEN) return resolve();
        if (socket.bufferedAmount > MOST_UNSENT) {
          socket.terminate();
          return resolve();
        }
        socket.send(data, error => (error ? reject(error) : resolve()));
      }),
    close: (code?: number, reason?: string) => socket.close(code, reason),
    onMessage: (handle: Handle) => {
      const refuse = () => socket.close(CloseCode.BadRequest, 'Too many messages for one id');
      const ids = new IdReuse(handle, refuse, id => connection.leave(id));
      socket.on('message', data => ids.deliver(String(data)).catch(onError));
    },
  };
}
