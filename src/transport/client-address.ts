import type { IncomingMessage } from 'node:http';

/**
 * Where a request comes from. Each trusted proxy appends to `X-Forwarded-For` whom it has it from, so the last entries
 * are theirs and whatever stands before them may be anybody's invention.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress || 'unknown';
  if (trustedProxies === 0) return direct;
  const header = request.headers['x-forwarded-for'];
  const said = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map(part => part.trim());
  return said.at(-trustedProxies) || direct;
}
