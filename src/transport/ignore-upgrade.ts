import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Headers of the upgrade offer (RFC 9110, section 7.8; RFC 7540, section 3.2). */
const OFFER = new Set(['upgrade', 'http2-settings']);

/** Whether a request offers an upgrade to WebSocket. */
export const offersWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket';

/**
 * Serves a request that offers an upgrade as one without the offer, which a server may ignore. Java's HTTP client and
 * `curl --http2` offer HTTP/2 with their first request. Node stops parsing HTTP on such a connection, so the request is
 * passed to `server` again.
 */
export function ignoreUpgrade(server: Server, request: IncomingMessage, socket: Duplex, rest: Buffer): void {
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
