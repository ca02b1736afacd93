import type { IncomingMessage, ServerResponse } from 'node:http';

const METHODS = 'GET, POST, OPTIONS';
const HEADERS =
  'authorization, content-type, apollo-require-preflight, x-apollo-operation-name, last-event-id';
const EXPOSED = 'x-request-id, retry-after';
const DAY_SECONDS = 24 * 3600;

/**
 * Lets scripts of the listed origins read answers. Without a list no other origin can; requests that carry no `Origin`
 * are not touched. Credentials are bearer tokens, so cookies are never allowed. Resolves a preflight: true when the
 * request is answered.
 */
export function cors(
  request: IncomingMessage,
  response: ServerResponse,
  allowed: readonly string[],
): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  response.setHeader('vary', 'Origin');
  const listed = allowed.includes(origin);
  if (listed) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', EXPOSED);
  }
  if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return false;
  if (listed) {
    response.setHeader('access-control-allow-methods', METHODS);
    response.setHeader('access-control-allow-headers', HEADERS);
    response.setHeader('access-control-max-age', DAY_SECONDS);
  }
  response.statusCode = 204;
  response.end();
  return true;
}
