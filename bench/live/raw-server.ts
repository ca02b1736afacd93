import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { serveParent } from './child';

/** Baseline: `ws` alone, which sends a text to every socket, with one write per message. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
const sockets = new Set<WebSocket>();
server.on('connection', socket => sockets.add(socket));

serveParent(({ is, text, count }) => {
  if (is === 'ready') return { port: (server.address() as AddressInfo).port };
  if (is === 'heap') {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  }
  for (let sent = 0; sent < count; sent += 1) for (const socket of sockets) socket.send(text);
  return null;
});
