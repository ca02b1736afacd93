import type { IncomingMessage } from 'node:http';
import type { FrontDoor } from './door';
import { HttpRefusal } from './refuse';
import { readBody } from './request-body';

/** Receives the error of a request that is refused or fails. */
export type Fail = (error: unknown) => void;

/** The body of a POST as text, or '' for other methods, goes to `use`; a refusal, and what `use` throws, to `fail`. */
export function whenRead(
  request: IncomingMessage,
  door: FrontDoor,
  use: (text: string) => Promise<void> | undefined,
  fail: Fail,
) {
  const attempt = (text: string) => {
    try {
      use(text)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  };
  if (request.method !== 'POST') return attempt('');
  readBody(request, door, attempt, fail);
}

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
