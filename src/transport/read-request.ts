import type { IncomingMessage } from 'node:http';
import type { FrontDoor } from './door';
import { HttpRefusal } from './refuse';
import { readBody } from './request-body';

/** The body of a POST as text; '' for other methods. Throws a refusal if it cannot be read. */
export const textOf = async (request: IncomingMessage, door: FrontDoor): Promise<string> =>
  request.method === 'POST' ? readBody(request, door) : '';

/**
 * The JSON of a POST; undefined for other methods, and an empty object for other media types, which are refused where the
 * parameters are missed. Throws a refusal for a text that is not JSON.
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
