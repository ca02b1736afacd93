import type { IncomingMessage } from 'node:http';
import type { TransportLimits } from './limits';
import { HttpRefusal } from './refuse';
import { readBody } from './request-body';

/** Answers a request that was refused or failed. */
export type Fail = (error: unknown) => void;

/** Reads the body of a POST and calls `handle` with it, with '' for other methods. Refusals and errors go to `fail`. */
export function readRequest(
  request: IncomingMessage,
  limits: TransportLimits,
  handle: (text: string) => Promise<void> | undefined,
  fail: Fail,
) {
  const attempt = (text: string) => {
    try {
      handle(text)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  };
  if (request.method !== 'POST') return attempt('');
  readBody(request, limits, attempt, fail);
}

/**
 * Parses the body of a POST. Undefined for other methods. An empty object for other media types, which are refused because
 * the parameters are missing. Throws a refusal for invalid JSON.
 */
export function parseJson({ method, headers }: IncomingMessage, text: string): unknown {
  if (method !== 'POST') return undefined;
  if (!/^application\/(?:\w+\+)?json\b/i.test(headers['content-type'] ?? '')) return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpRefusal(400, 'BAD_REQUEST', 'The body is not JSON.');
  }
}
