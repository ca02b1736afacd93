import type { IncomingMessage, ServerResponse } from 'node:http';
import { isListed } from './origin';

const METHODS = 'GET, POST, OPTIONS';
/** Request headers of the gateway's clients, of Apollo's and Relay's, and of W3C trace context. */
const HEADERS = [
  'authorization',
  'content-type',
  'accept',
  'last-event-id',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'apollographql-client-name',
  'apollographql-client-version',
  'traceparent',
  'tracestate',
].join(', ');
const EXPOSED = 'x-request-id, retry-after';
const DAY_SECONDS = 24 * 3600;

/**
 * Sets the CORS headers for `allowed` origins and answers preflight requests. Returns true if the request is answered.
 * Ignores requests without `Origin`. Cookies are never allowed, because credentials are bearer tokens.
 */
export function cors(
  request: IncomingMessage,
  response: ServerResponse,
  allowed: readonly string[],
): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  response.appendHeader('vary', 'Origin');
  const listed = isListed(origin, allowed);
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
