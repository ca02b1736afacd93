import type { IncomingMessage } from 'node:http';

const ANY_PORT = ':*';

/** Whether `ALLOWED_ORIGINS` contains an origin. `http://localhost:*` allows every port. */
export function isListed(origin: string, allowed: readonly string[]): boolean {
  const withoutPort = origin.replace(/:\d+$/, '');
  return allowed.some(entry =>
    entry.endsWith(ANY_PORT) ? withoutPort === entry.slice(0, -ANY_PORT.length) : origin === entry,
  );
}

/**
 * Whether a page of this origin may open a stream: pages of the gateway, listed origins, and clients that are not
 * browsers and send none. Browsers let any page open a WebSocket to any host, so the server has to check.
 */
export function isOriginAllowed(request: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || isListed(origin, allowed)) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
