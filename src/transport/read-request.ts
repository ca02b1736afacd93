import type { IncomingMessage } from 'node:http';
import type { TransportLimits } from './limits';
import { HttpRefusal } from './refuse';
import { decodeBody, readBody } from './request-body';

/** Answers a request that was refused or failed. */
export type Fail = (error: unknown) => void;

const NO_BODY = Buffer.alloc(0);

/** Reads the body of a POST and calls `handle` with it, without one for other methods. Refusals and errors go to `fail`. */
export function readRequest(
  request: IncomingMessage,
  limits: TransportLimits,
  handle: (body: Buffer) => Promise<void> | undefined,
  fail: Fail,
) {
  const attempt = (body: Buffer) => {
    try {
      handle(body)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  };
  if (request.method !== 'POST') return attempt(NO_BODY);
  readBody(request, limits, attempt, fail);
}

/**
 * Parses the body of a POST. Undefined for other methods. An empty object for other media types, which are refused because
 * the parameters are missing. Throws a refusal for invalid UTF-8 or JSON.
 */
export function parseJson({ method, headers }: IncomingMessage, body: Buffer): unknown {
  if (method !== 'POST') return undefined;
  const text = decodeBody(body);
  if (!/^application\/(?:\w+\+)?json\b/i.test(headers['content-type'] ?? '')) return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpRefusal(400, 'BAD_REQUEST', 'The body is not JSON.');
  }
}
