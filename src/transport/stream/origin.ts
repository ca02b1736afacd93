import type { IncomingMessage } from 'node:http';

/**
 * Whether a page of this origin may open a stream: the gateway's own, those that are allowed, and clients that are no
 * page and send none. Browsers let any page open a WebSocket anywhere, so the server has to look.
 */
export function isOriginAllowed(request: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || allowed.includes(origin)) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
