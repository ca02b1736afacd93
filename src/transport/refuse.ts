import type { ServerResponse } from 'node:http';
import { type RequestErrorCode, requestErrors } from '../errors';

/** Seconds until a client retries during an outage. */
export const RETRY_AFTER_SECONDS = 5;

/** Refusal of a request before its execution, with an HTTP status. */
export class HttpRefusal extends Error {
  /** @param headers Additional headers of the response. */
  constructor(
    readonly status: number,
    readonly code: RequestErrorCode,
    message: string = requestErrors[code],
    readonly headers: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
  }
}

/** Creates the refusal during an outage of a system that the gateway depends on. */
export const unavailable = (): HttpRefusal =>
  new HttpRefusal(503, 'UNAVAILABLE', undefined, { 'retry-after': RETRY_AFTER_SECONDS });

/** Sends a refusal in the format of a GraphQL response. */
export function sendRefusal(
  response: ServerResponse,
  { status, code, message, headers }: HttpRefusal,
  extensions: Record<string, unknown> = {},
): void {
  if (response.destroyed) return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.end(JSON.stringify({ errors: [{ message, extensions: { code, ...extensions } }] }));
}
