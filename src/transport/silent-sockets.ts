import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Knows the connections over which no whole request has come yet: browsers open some in advance. A server that closes
 * takes them for busy and no longer minds their time limits, so it would wait for them for ever. The function that it
 * gives ends them.
 */
export function watchSilentSockets(server: Server): () => void {
  const silent = new Set<Socket>();
  const speaks = ({ socket }: IncomingMessage) => silent.delete(socket);
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', speaks);
  server.on('upgrade', speaks);
  return () => silent.forEach(socket => void socket.destroy());
}
