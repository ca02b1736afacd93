import type { ServerResponse } from 'node:http';
import { type RequestErrorCode, requestErrors } from '../errors';

/** Seconds after which to retry during an outage. */
const RETRY_AFTER_SECONDS = 5;

/** Answers a request that does not become a GraphQL request, in the shape of a GraphQL answer. */
export function refuse(
  response: ServerResponse,
  status: number,
  code: RequestErrorCode,
  message: string = requestErrors[code],
  extensions: Record<string, unknown> = {},
): void {
  if (response.destroyed) return;
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ errors: [{ message, extensions: { code, ...extensions } }] }));
}

/** Answers 503 during an outage of a system that the gateway depends on. */
export function refuseUnavailable(response: ServerResponse): void {
  response.setHeader('retry-after', RETRY_AFTER_SECONDS);
  refuse(response, 503, 'UNAVAILABLE');
}
