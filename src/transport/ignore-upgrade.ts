import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { PipelinedRequests } from './limits/pipelined-requests';

/** Headers of the upgrade offer (RFC 9110, section 7.8; RFC 7540, section 3.2). */
const OFFER = new Set(['upgrade', 'http2-settings']);

/** Takes over the connection of a request that asks to upgrade to WebSocket. */
type Upgrade = (request: IncomingMessage, socket: Socket, head: Buffer) => void;

/**
 * Makes `upgrade` the one handler of upgrades to WebSocket. An offer of another protocol is ignored, as RFC 9110 allows: Java's
 * HTTP client and `curl --http2` offer HTTP/2.
 */
export function onUpgrade(server: Server, pipelined: PipelinedRequests, upgrade: Upgrade): void {
  server.removeAllListeners('upgrade');
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (request.headers.upgrade?.toLowerCase() === 'websocket') return upgrade(request, socket, head);
    // Node has removed its own listener by now.
    const onError = () => socket.destroy();
    socket.on('error', onError);
    // Node would not put the answers to the requests before it and after it into one order.
    pipelined.whenIdle(socket, () => {
      socket.off('error', onError);
      readAgain(server, request, socket, head);
    });
  });
}

/** Lets `server` read a request again without its offer: Node stops reading HTTP from the connection of an offer. */
function readAgain(server: Server, request: IncomingMessage, socket: Socket, rest: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    const kept = name.toLowerCase() === 'connection' ? withoutOffer(value) : value;
    if (kept && !OFFER.has(name.toLowerCase())) lines.push(`${name}: ${kept}`);
  }
  // Node reads the octets of headers as Latin-1.
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), rest]));
  server.emit('connection', socket);
}

const withoutOffer = (options: string): string =>
  options
    .split(',')
    .filter(option => !OFFER.has(option.trim().toLowerCase()))
    .join(',')
    .trim();
