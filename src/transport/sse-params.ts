import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { GraphqlRequest } from '../graphql';
import { parseJson, REFUSED } from './read-request';
import { refuse } from './refuse';

const anything = z.record(z.string(), z.unknown()).nullish();

const params = z
  .object({
    query: z.string().nullish(),
    documentId: z.string().nullish(),
    operationName: z.string().nullish(),
    variables: anything,
    extensions: anything,
  })
  .refine(({ query, documentId, extensions }) => query || documentId || extensions?.documentId);

/** Refuses a request that cannot be answered with events, before its body is read. */
export function refuseNoEvents(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'GET' && request.method !== 'POST') {
    response.setHeader('allow', 'GET, POST');
    refuse(response, 405, 'BAD_REQUEST', 'Streams are opened with GET or POST.');
    return true;
  }
  if (!/text\/event-stream/i.test(request.headers.accept ?? '')) {
    refuse(response, 406, 'BAD_REQUEST', 'Streams are sent as text/event-stream, one for each operation.');
    return true;
  }
  return false;
}

/** The parameters of a GET, or of the body of a POST; `REFUSED` if the request is answered with a refusal. */
export function sseParams(
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
  search: string,
): Omit<GraphqlRequest, 'accepts'> | typeof REFUSED {
  const given = request.method === 'GET' ? fromSearch(search) : parseJson(request, response, text);
  if (given === REFUSED) return REFUSED;
  const parsed = params.safeParse(given);
  if (!parsed.success) {
    refuse(response, 400, 'BAD_REQUEST', '`query` has to be a document, and `variables` an object.');
    return REFUSED;
  }
  const { documentId, ...sent } = parsed.data;
  return documentId ? { ...sent, extensions: { ...sent.extensions, documentId } } : sent;
}

function fromSearch(search: string): unknown {
  const { variables, extensions, ...rest } = Object.fromEntries(new URLSearchParams(search));
  try {
    return {
      ...rest,
      ...(variables && { variables: JSON.parse(variables) }),
      ...(extensions && { extensions: JSON.parse(extensions) }),
    };
  } catch {
    return undefined;
  }
}
