import type { IncomingMessage, ServerResponse } from 'node:http';
import { isListed } from './origin';

const METHODS = 'GET, POST, OPTIONS';
/** Of our own clients, of Apollo's and Relay's, and of trace context (W3C). */
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
 * Lets scripts of listed origins read answers. Requests without `Origin` are not touched. Credentials are bearer tokens,
 * so cookies are never allowed. Answers a preflight: true if the request is answered.
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
