import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FrontDoor } from './door';
import { refuse } from './refuse';
import { BodyRefused, readBody } from './request-body';

/** The request is answered already. */
export const REFUSED = Symbol('refused');

/** The body of a POST as text; '' for other methods. */
export async function textOf(
  request: IncomingMessage,
  response: ServerResponse,
  door: FrontDoor,
): Promise<string | typeof REFUSED> {
  if (request.method !== 'POST') return '';
  try {
    return await readBody(request, door);
  } catch (error) {
    if (!(error instanceof BodyRefused)) throw error;
    refuse(response, error.status, 'BAD_REQUEST', error.message);
    return REFUSED;
  }
}

/** The JSON of a POST; undefined for other methods, and an empty object for other media types, which Apollo refuses. */
export function parseJson(request: IncomingMessage, response: ServerResponse, text: string): unknown {
  if (request.method !== 'POST') return undefined;
  if (!/^application\/(?:\w+\+)?json\b/i.test(request.headers['content-type'] ?? '')) return {};
  try {
    return JSON.parse(text);
  } catch {
    refuse(response, 400, 'BAD_REQUEST', 'The body is not JSON.');
    return REFUSED;
  }
}
